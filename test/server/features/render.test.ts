import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Knowledge } from '#server/analysis.ts';
import { renderCase } from '#server/features/render.ts';
import { analyze, loadKnowledge } from '#test/support/analysis.ts';
import { WEATHER } from '#test/support/sample-prompts.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

test('render: the messages with the values of a case, their positions and their tokens', () => {
  const { analysis } = analyze(WEATHER, { knowledge });
  const first = renderCase(analysis);
  assert.equal(first?.messages[1]?.content, 'What is the weather in Oslo?\n');
  assert.equal(first?.messages[1]?.tokens, 7);
  const landed = first?.messages[1]?.spans[1];
  // Alone, without the blank before it.
  assert.deepEqual(landed, { name: 'city', span: { start: 23, end: 27 }, tokens: 2 });
  assert.equal(first?.cases.length, 3);
  assert.equal(
    renderCase(analysis, first?.cases[2])?.messages[1]?.content,
    'What is the weather in Rome?\n',
  );
  assert.equal(renderCase(analysis, 'nope'), null);
  const none = analyze(
    'variables: [{ name: a, example: 7 }]\nmessages:\n  - role: user\n    content: "{{a}} {{b}}"\n',
  );
  assert.deepEqual(renderCase(none.analysis)?.messages[0]?.content, '7 {{b}}');
  assert.deepEqual(renderCase(none.analysis)?.messages[0]?.missing, ['b']);
});
