import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSymbols } from '#server/features/document-symbol.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('document symbols: an outline with nested ranges', () => {
  const symbols = buildSymbols(analysis);
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
    [
      ['name', undefined],
      ['model', undefined],
      ['variables', ['city']],
      ['messages', ['system', 'user']],
      ['testData', ['north', 'row 2']],
      ['testFiles', ['more.csv', 'data/*.jsonl']],
      ['evaluators', ['short']],
    ],
  );
  assert.deepEqual(symbols[3]?.range, {
    start: { line: 7, character: 0 },
    end: { line: 16, character: 15 },
  });
  assert.equal(symbols[3]?.children?.[0]?.detail, 'Be brief.');
});
