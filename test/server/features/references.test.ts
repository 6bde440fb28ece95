import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findReferences } from '#server/features/references.ts';
import { analyze } from '#test/support/analysis.ts';
import { MARKED_VARIABLES } from '#test/support/sample-prompts.ts';

test('references: declaration, messages, evaluators and rows, in file order', () => {
  const { analysis, cursor } = analyze(MARKED_VARIABLES);
  const { lines } = analysis;
  const at = (includeDeclaration: boolean): string[] =>
    findReferences(analysis, cursor, includeDeclaration).map(
      ({ range: { start, end } }) =>
        `${start.line} ${lines.line(start.line).slice(start.character, end.character)}`,
    );
  const rows = [1, 7, 7, 10, 12, 14, 15, 20, 24];
  assert.deepEqual(
    at(true),
    rows.map((line) => `${line} topic`),
  );
  assert.deepEqual(at(false), at(true).slice(1));
});

test('references exist only on a variable', () => {
  const { analysis, cursor } = analyze('messages:\n  - content: "{{a}} te$0xt"\n');
  assert.deepEqual(findReferences(analysis, cursor, true), []);
});
