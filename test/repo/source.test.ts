import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { transform } from 'esbuild';
import { read, rooms, sourceFiles } from './source-files.ts';

/** Files that hold data: they may be as long as the data is. */
const data = ['core/models/retirement-schedules.ts', 'core/tokens/character-classes.ts'];

const longest = 300;

test(`no source file has more than ${longest} lines`, () => {
  const long = sourceFiles(...rooms)
    .filter((file) => !data.includes(file))
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > longest);
  assert.deepEqual(long, []);
});

test('every file that is excepted as data is there', () => {
  assert.deepEqual(
    data.filter((file) => !sourceFiles(...rooms).includes(file)),
    [],
  );
});

test('file names are in kebab case', () => {
  const names = sourceFiles(...rooms, 'test', 'scripts').map((file) => basename(file));
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*((\.slow)?\.test|\.d)?\.ts$/;
  assert.deepEqual(
    names.filter((name) => !kebab.test(name)),
    [],
  );
});

test('core reads no clock, no randomness and no environment', async () => {
  const impure = await Promise.all(
    sourceFiles('core').map(async (file) => {
      const found = await impurities(read(file));
      return found.length > 0 ? [`${file}: ${found.join(', ')}`] : [];
    }),
  );
  assert.deepEqual(impure.flat(), []);
});

test('an impure expression is found, and only in code', async () => {
  const code = `
    // Date.now()
    const text = 'process.env Math.random()';
    export const rows = [Date.now(), Math.random(), new Date(), process.env, new Date(0), text];
    export const own = (process: { env: string }) => process.env;
  `;
  assert.deepEqual(await impurities(code), ['Date.now', 'Math.random', 'new Date()', 'process']);
});

/** What core may not use of the language and its host; ports bring these. */
const globals = [
  'Date.now',
  'Math.random',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
];

/** esbuild replaces these only where they are the global itself, not in strings or comments. */
async function impurities(code: string): Promise<string[]> {
  const marked = globals.map((name) => [name, `__impure_${name.replace('.', '_')}`]);
  const options = { loader: 'ts', define: Object.fromEntries(marked) } as const;
  const { code: output } = await transform(code, options);
  const found = marked.filter(([, mark = '']) => output.includes(mark)).map(([name = '']) => name);
  return [...found, ...(/\bnew Date\(\)/.test(output) ? ['new Date()'] : [])].sort();
}
