import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SelectionRange } from 'vscode-languageserver';
import { buildSelectionRange } from '#server/features/selection-range.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('a selection grows from the word to the file', () => {
  const grown: string[] = [];
  let range: SelectionRange | undefined = buildSelectionRange(
    analysis,
    OUTLINE.indexOf('city}}') + 1,
  );
  for (; range; range = range.parent) {
    const { lines, text } = analysis;
    grown.push(text.slice(lines.offset(range.range.start), lines.offset(range.range.end)));
  }
  assert.deepEqual(grown.slice(0, 3), ['city', '{{city}}', '{{city}} 😀 {{city}}']);
  assert.ok(grown[3]?.startsWith('|\n      Be brief.'));
  assert.ok(grown[4]?.startsWith('content: |'));
  assert.equal(grown.at(-1), OUTLINE);
  assert.ok(grown.every((text, i) => i === 0 || text.includes(grown[i - 1] ?? '')));
});
