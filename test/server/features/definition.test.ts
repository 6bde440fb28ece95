import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDefinitions } from '#server/features/definition.ts';
import { analyze } from '#test/support/analysis.ts';
import { MARKED_VARIABLES } from '#test/support/sample-prompts.ts';

test('definition: the declaration, else the rows, else nothing', () => {
  const { analysis, cursor } = analyze(MARKED_VARIABLES);
  assert.deepEqual(
    findDefinitions(analysis, cursor).map(({ range }) => range.start),
    [{ line: 1, character: 10 }],
  );
  const rows = analyze(
    'messages:\n  - content: "{{a$0}}"\ntestData:\n  - a: 1\n  - a: 2\n  - b: 3\n',
  );
  assert.deepEqual(
    findDefinitions(rows.analysis, rows.cursor).map(({ range }) => range.start.line),
    [3, 4],
  );
  const none = analyze('messages:\n  - content: "{{a}} $0x"\n');
  assert.deepEqual(findDefinitions(none.analysis, none.cursor), []);
});
