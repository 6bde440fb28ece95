import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Mutant } from '../../scripts/mutants/mutant.ts';
import { runMutants } from '../../scripts/mutants/run-mutants.ts';
import { folderWith } from '../support/cli.ts';

const SOURCE = `export function isAllowed(age: number): boolean {
  return age >= 18 && age < 120;
}
`;
const TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowed } from './source.ts';
test('old enough', () => assert.deepEqual([17, 18].map(isAllowed), [false, true]));
`;
const KILLED: Mutant = {
  file: 'source.ts',
  guards: 'eighteen is enough',
  find: '>= 18',
  replace: '> 18',
  test: 'source.test.ts',
};

/** Runs mutants of a small tree: the exit code and what is printed. */
async function check(t: TestContext, ...mutants: Partial<Mutant>[]) {
  const folder = await folderWith(t, { 'source.ts': SOURCE, 'source.test.ts': TEST });
  writeFileSync(join(folder, 'red.test.ts'), TEST.replace('[false, true]', '[true, true]'));
  const lines: string[] = [];
  const code = await runMutants({
    mutants: mutants.map((one) => ({ ...KILLED, ...one })),
    root: folder,
    print: (line) => lines.push(line),
  });
  // Nothing is written, whatever happens.
  assert.equal(readFileSync(join(folder, 'source.ts'), 'utf8'), SOURCE);
  assert.deepEqual(readdirSync(folder).toSorted(), ['red.test.ts', 'source.test.ts', 'source.ts']);
  return { code, output: lines.join('\n') };
}

test('a mutant whose test fails is killed', async (t) => {
  const { code, output } = await check(t, {});
  assert.equal(output, 'killed    source.ts: eighteen is enough\n1 of 1 mutants killed');
  assert.equal(code, 0);
});

test('a mutant that no test notices survives, beside others that do not', async (t) => {
  const survivor = { guards: 'nobody is that old', find: ' && age < 120', replace: '' };
  const { code, output } = await check(t, {}, survivor);
  assert.match(output, /SURVIVED {2}source\.ts: nobody is that old/);
  assert.match(output, /1 of 2 mutants killed\n\nFaults:\n.*source\.ts: all tests pass: nobody/);
  assert.equal(code, 1);
});

test('an entry that does not fit the tree is a fault', async (t) => {
  for (const [entry, message] of [
    [{ find: '> 21' }, /does not contain `> 21`/],
    [{ find: 'age' }, /contains `age` 3 times/],
    [{ replace: '>= 18' }, /replaced by itself/],
    [{ file: 'moved.ts' }, /moved\.ts: does not exist/],
    [{ test: 'moved.test.ts' }, /its test moved\.test\.ts does not exist/],
  ] as const) {
    const { code, output } = await check(t, entry);
    assert.match(output, message);
    assert.match(output, /^0 of 1 mutants killed/);
    assert.equal(code, 1);
  }
});

test('a test that fails anyway, does not run or cannot load the mutant kills nothing', async (t) => {
  for (const [entry, message] of [
    [{ test: 'red.test.ts' }, /red\.test\.ts: does not pass without a mutant/],
    [{ name: 'renamed' }, /source\.test\.ts: does not pass without a mutant \(no test runs\)/],
    [{ replace: '>=> 18' }, /source\.ts: no test runs/],
  ] as const) {
    const { code, output } = await check(t, entry);
    assert.match(output, message);
    assert.equal(code, 1);
  }
});
