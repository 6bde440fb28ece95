import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { tokenizer } from 'acorn';
import { transform } from 'esbuild';
import { analyse } from 'scslre';
import { read, sourceFiles } from './source-files.ts';

/*
 * No pattern may take time that grows faster than its input: scslre looks for what one repeated
 * character makes slow, and the speed tests of the lint time what it cannot see.
 */

/** Patterns that only ever see a few characters, and which. */
const SHORT: Readonly<Record<string, string>> = {
  '[ \\t]*$': '40 characters before a tag',
  ',? *$': '20 characters before a comment',
  '\\B(?=(\\d{3})+$)': 'the digits of a number',
  '0+$': 'the digits of a number',
};

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** The regular expressions that a file writes. */
async function patternsIn(code: string): Promise<Pattern[]> {
  const { code: script } = await transform(code, { loader: 'ts', target: 'esnext' });
  const patterns: Pattern[] = [];
  for (const token of tokenizer(script, { ecmaVersion: 'latest', sourceType: 'module' })) {
    if (token.type.label !== 'regexp') continue;
    const { value } = token as unknown as { value: { pattern: string; flags: string } };
    patterns.push({ source: value.pattern, flags: value.flags });
  }
  return patterns;
}

function problemsOf({ source, flags }: Pattern): string[] {
  const { reports } = analyse({ source, flags });
  return reports.map(({ type, exponential }) => (exponential ? 'exponential' : type));
}

test('no pattern of the source is slow on one repeated character', async () => {
  const slow: string[] = [];
  let count = 0;
  for (const file of sourceFiles('core', 'io', 'server')) {
    for (const pattern of await patternsIn(read(file))) {
      count++;
      const problems = problemsOf(pattern);
      if (problems.length > 0 && !(pattern.source in SHORT))
        slow.push(`${file}: /${pattern.source}/ ${problems.join(', ')}`);
    }
  }
  assert.deepEqual(slow, []);
  assert.ok(count > 400, `${count} patterns were found`);
});

test('patterns made at run time are not slow either', async () => {
  const worker = new Worker(new URL('./run-time-patterns.ts', import.meta.url));
  const [made] = (await once(worker, 'message')) as [Pattern[]];
  const slow = made.filter((pattern) => problemsOf(pattern).length > 0);
  assert.deepEqual(slow, []);
  assert.ok(made.length > 5, `${made.length} patterns were made`);
});

test('a slow pattern is found', () => {
  assert.deepEqual(problemsOf({ source: '^(a+)+$', flags: '' }), ['exponential']);
  assert.deepEqual(problemsOf({ source: '\\s+$', flags: '' }), ['Move']);
  assert.deepEqual(problemsOf({ source: '^a{1,9}b', flags: '' }), []);
});
