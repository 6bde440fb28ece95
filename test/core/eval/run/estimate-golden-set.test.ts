import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateGoldenSet, type GoldenSetSources } from '#core/eval/run/estimate-golden-set.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { promptText } from '#test/support/evals.ts';
import { tokenTables } from '#test/support/token-tables.ts';

const encoder = await createFileTokenizer(await tokenTables()).load('o200k_base');
const counter = createTableCounter(
  { encoding: 'o200k_base', exact: true },
  encoder,
  new TokenMemo(),
);

/** Calls cost one dollar, judges ten. */
function estimate(text: string, more: Partial<GoldenSetSources> = {}): number | null {
  const prompt = parsePrompt(text);
  return estimateGoldenSet(prompt, {
    counts: countPrompt(prompt, counter),
    counter,
    forecast: { output: () => ({ tokens: 1, basis: 'default' }), judgeCost: null },
    judge: undefined,
    repeat: undefined,
    costOf: (id) => (id === 'acme/judge' ? 10 : 1),
    ...more,
  });
}

const CHECK = '- uses: promptsmith/is-json';
const JUDGE = '- { uses: github/fluency, with: acme/judge }';
const ROWS = '- { input: a }\n- { input: b }';

test('cases, judges and repeats are in it', () => {
  assert.equal(estimate(promptText(CHECK, ROWS)), 2);
  assert.equal(estimate(promptText(JUDGE, ROWS)), 22);
  assert.equal(estimate(promptText(JUDGE, ROWS), { repeat: 3 }), 66);
  const own = `- { input: a }\n- { input: b, $case: { evaluators: [${JUDGE.slice(2)}] } }`;
  assert.equal(estimate(promptText(CHECK, own)), 12);
});

test('what is not sent is not in it: skipped, held-out, without a value, beside `only`', () => {
  const rows = (meta: string) => `- { input: a }\n- { input: b, $case: ${meta} }\n- { input: c }`;
  assert.equal(estimate(promptText(CHECK, rows('{ skip: true }'))), 2);
  assert.equal(estimate(promptText(CHECK, rows('{ tags: [holdout] }'))), 2);
  assert.equal(estimate(promptText(CHECK, rows('{ only: true }'))), 1);
  assert.equal(estimate(promptText(CHECK, '- { input: a }\n- { other: b }')), 1);
});

test('variants are in it, unless there are too many rows to count on a keystroke', () => {
  const text = `variants: { p: [Ann, Bob, Eve] }\n${promptText(CHECK, '- { input: Ann }\n- { input: b }')}`;
  assert.equal(estimate(text), 4);
  assert.equal(estimate(text, { maxVariedRows: 2 }), 4);
  assert.equal(estimate(text, { maxVariedRows: 1 }), null);
  assert.equal(estimate(text, { counter: null }), null);
});

test('an unknown price, no model, no rows and a sample of the rows are unknown', () => {
  assert.equal(
    estimate(promptText(JUDGE, ROWS), { costOf: (id) => (id === 'acme/judge' ? null : 1) }),
    null,
  );
  assert.equal(estimate(promptText(CHECK, ROWS).replace(/^model.*\n/, '')), null);
  assert.equal(
    estimate(promptText(CHECK, ROWS).replace(/testData[\s\S]*?evaluators/, 'evaluators')),
    null,
  );
  const prompt = parsePrompt(promptText(CHECK, ROWS));
  const counts = countPrompt(prompt, counter, { limit: 1 });
  assert.equal(counts.cases.length, 1);
  assert.equal(estimate(promptText(CHECK, ROWS), { counts }), null);
});
