import { mutants as all } from './mutants/all.ts';
import { runMutants } from './mutants/run-mutants.ts';
import { root } from './process.mjs';

// Takes out one guard after the other and checks that a test notices. Arguments: parts of file names.
const parts = process.argv.slice(2);
const mutants = all.filter(
  ({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)),
);
if (mutants.length === 0) {
  console.error(`There are no mutants of ${parts.join(', ')}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await runMutants({ mutants, root, print: (line) => console.log(line) });
}
