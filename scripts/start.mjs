#!/usr/bin/env node
// Starts a command of this repository: node scripts/start.mjs <command> [args].
// Plain JavaScript without dependencies for any Node from 20: it runs on a fresh clone, before anything is
// installed, and fetches the Node that the rest needs.
const [name = '', ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Promptsmith needs Node 20 or newer; this is Node ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  import('./commands.mjs')
    .then(({ runCommand }) => runCommand(name, args))
    .then((code) => {
      process.exitCode = code;
    })
    .catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
