import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowToJson } from '#core/eval/ids.ts';
import { expandVariants } from '#core/eval/plan/variants.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { collect, modelOf, ofKind, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, start } from '../../../support/runs.ts';

/** The rows that `variants` make of one value, without the row itself. */
function madeOf(variants: string, text: string): string[] {
  const { variants: sets, rows } = parsePrompt(
    `messages: []\nvariants: ${variants}\ntestData: [{ a: ${JSON.stringify(text)} }]\n`,
  );
  return expandVariants(sets, rows)
    .slice(1)
    .map(({ row }) => String(rowToJson(row).a));
}

test('words are swapped as whole words, a capital stays one, each word makes one row', () => {
  for (const [variants, text, expected] of [
    [
      '{ name: [Tom, Ayşe, Wei] }',
      'Tom and tom, not Tomato.',
      ['Ayşe and Ayşe, not Tomato.', 'Wei and Wei, not Tomato.'],
    ],
    [
      '{ g: [[he, she], [his, her]] }',
      'He says his name; the end.',
      ['She says her name; the end.'],
    ],
    ['{ g: [[he, she, they], [his, her]] }', 'His hat.', ['Her hat.']],
    ['{ g: [he, she] }', 'he met she', ['he met he', 'she met she']],
    ['{ n: [Tom, Tom Lee] }', 'Tom Lee came', ['Tom came']],
    ['{ n: [张伟, 李娜] }', '我是张伟。', ['我是李娜。']],
    ['{ n: ["a+b (c)", "$&"] }', 'x a+b (c) y', ['x $& y']],
    ['{ a: [x, y], b: [x, z] }', 'x', ['y', 'z']],
    ['{ a: [x, y] }', 'nothing', []],
    ['{ a: [x], b: 1, c: [[1]] }', 'x 1', []],
  ] as const)
    assert.deepEqual(madeOf(variants, text), expected, text);
});

test('a variant is a case of its own, in one group with its row, judged by its values', async () => {
  const text = promptText(
    '- { uses: promptsmith/contains, with: "{{expected}}" }\n- { uses: promptsmith/consistent, with: { by: text } }',
    '- { input: Tom, expected: Tom, n: 3, $case: { name: who, tags: [x], must: true } }\n- { input: nobody, expected: nobody }',
  ).concat('variants: { name: [Tom, Wei] }\n');
  const made = planOf(text);
  assert.deepEqual(
    made.cases.map(({ id, tags, group, must, variantOf }) => [id, tags, group, must, variantOf]),
    [
      ['who', ['x'], 'who', true, undefined],
      ['who (name: Wei)', ['x', 'variant:name'], 'who', true, 'who'],
      [made.cases[2]?.id, [], undefined, false, undefined],
    ],
  );
  assert.deepEqual(
    { ...rowToJson(made.cases[1]?.row as never) },
    {
      ...rowToJson(made.cases[0]?.row as never),
      input: 'Wei',
      expected: 'Wei',
    },
  );
  const events = await collect(
    start(made, portsOf(modelOf(({ messages }) => end(messages.at(-1)?.content ?? '')))),
  );
  const outcomes = ofKind(events, 'score').map(({ results }) =>
    results.map(({ passed }) => passed),
  );
  // Each answer has its own name, and so they differ.
  assert.deepEqual(outcomes.filter(([own, same]) => own && same === false).length, 2);
});

test('a case that is asked for by its id brings its variants; they change the data hash', () => {
  const plain = promptText(
    '[]',
    '- { input: Tom, $case: { name: who } }\n- { input: x, $case: { name: y } }',
  );
  const text = `${plain}variants: { name: [Tom, Wei] }\n`;
  const ids = (wanted: string) =>
    planOf(text, { filter: { ids: new Set([wanted]) } }).cases.map(({ id }) => id);
  assert.deepEqual(ids('who'), ['who', 'who (name: Wei)']);
  assert.deepEqual(ids('who (name: Wei)'), ['who (name: Wei)']);
  assert.deepEqual(ids('y'), ['y']);
  const [before, after] = [planOf(plain).hashes, planOf(text).hashes];
  assert.notEqual(before.data, after.data);
  assert.equal(before.prompt, after.prompt);
  assert.equal(before.checks, after.checks);
});

test('many rows and many words stay quick, and ids stay unique', () => {
  const rows = Array.from({ length: 500 }, (_, i) => `- { input: "Tom ${i}" }`).join('\n');
  const began = performance.now();
  const made = planOf(
    `${promptText('[]', rows)}variants: { name: [Tom, ${Array.from({ length: 9 }, (_, i) => `N${i}`).join(', ')}] }\n`,
  );
  assert.equal(made.cases.length, 5_000);
  assert.equal(new Set(made.cases.map(({ id }) => id)).size, 5_000);
  assert.ok(performance.now() - began < 5_000);
});
