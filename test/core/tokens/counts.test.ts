import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { render } from '#core/prompt/template.ts';
import { createRoughCounter, createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt, TOKENS_PER_MESSAGE, TOKENS_PER_REPLY } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { encoderOf } from '../../support/token-tables.ts';

const encoder = await encoderOf('o200k_base');
const exact = { encoding: 'o200k_base', exact: true } as const;
const counter = createTableCounter(exact, encoder, new TokenMemo());
const count = (text: string) => encoder.count(text);

const TRIAGE = `model: openai/gpt-4o
messages:
  - role: system
    content: You label issues. Answer with one label.
  - role: user
    content: "Labels: {{labels}}\\n<issue>{{issue}}</issue>"
variables:
  - { name: labels, default: "bug, question" }
testData:
  - { issue: It crashes, expected: bug }
  - { issue: How do I install it on a machine without network?, expected: question }
  - { issue: Crash, labels: bug, expected: bug }
`;

test('counts each message as rendered, over the rows', () => {
  const prompt = parsePrompt(TRIAGE);
  const counts = countPrompt(prompt, counter);
  const user = prompt.messages[1]?.content?.text ?? '';
  const rendered = prompt.rows.map((row) =>
    count(render(user, (name) => row.values.get(name)?.text ?? 'bug, question').text),
  );
  const system = count('You label issues. Answer with one label.');
  const overhead = 2 * TOKENS_PER_MESSAGE + TOKENS_PER_REPLY;
  const sorted = [...rendered].sort((a, b) => a - b);
  const [min = 0, median = 0, max = 0] = sorted;
  assert.deepEqual(counts.messages, [
    { role: 'system', static: system, total: { min: system, median: system, max: system } },
    { role: 'user', static: count('Labels: \n<issue></issue>'), total: { min, median, max } },
  ]);
  const base = system + overhead;
  assert.deepEqual(counts.call, { min: base + min, median: base + median, max: base + max });
  assert.deepEqual(
    counts.cases,
    rendered.map((tokens, row) => ({ row, tokens: base + tokens })),
  );
  assert.equal(counts.overhead, overhead);
  assert.equal(counts.static, system + count('Labels: \n<issue></issue>'));
  assert.equal(counts.exact, true);
  assert.equal(counts.basis, undefined);
});

test('counts the values of each variable, its default where a row gives none', () => {
  const { variables } = countPrompt(parsePrompt(TRIAGE), counter);
  const issues = ['It crashes', 'How do I install it on a machine without network?', 'Crash'];
  const [min = 0, median = 0, max = 0] = issues.map(count).sort((a, b) => a - b);
  assert.deepEqual(variables.get('issue'), { min, median, max });
  const fallback = count('bug, question');
  assert.deepEqual(variables.get('labels'), { min: count('bug'), median: fallback, max: fallback });
  assert.equal(variables.has('expected'), false);
});

test('the cacheable prefix ends at the first placeholder', () => {
  const counts = countPrompt(parsePrompt(TRIAGE), counter);
  const system = count('You label issues. Answer with one label.');
  assert.equal(counts.cacheablePrefix, 2 * TOKENS_PER_MESSAGE + system + count('Labels: '));
  const fixed = countPrompt(parsePrompt('messages: [{ role: user, content: Hello }]'), counter);
  assert.equal(fixed.cacheablePrefix, TOKENS_PER_MESSAGE + count('Hello'));
});

test('without rows the defaults and examples count, and what is unknown is empty', () => {
  const counts = countPrompt(
    parsePrompt(`messages:
  - { role: user, content: "{{a}} {{b}} {{c}}" }
variables: [{ name: a, default: one two }, { name: b, example: three }]
`),
    counter,
  );
  const call = TOKENS_PER_MESSAGE + TOKENS_PER_REPLY + count('one two three ');
  assert.deepEqual(counts.call, { min: call, median: call, max: call });
  assert.deepEqual(counts.cases, []);
  assert.deepEqual([...counts.variables.keys()], ['a', 'b']);
});

test('a schema is sent along', () => {
  const text = (format: string) => `responseFormat: ${format}
jsonSchema: |-
  {"name": "label", "schema": {"type": "object"}}
messages: [{ role: user, content: "{{a}}" }]
`;
  const schema = count('{"name": "label", "schema": {"type": "object"}}');
  const withSchema = countPrompt(parsePrompt(text('json_schema')), counter);
  const without = countPrompt(parsePrompt(text('text')), counter);
  assert.equal(withSchema.overhead - without.overhead, schema);
  assert.equal(withSchema.call.median - without.call.median, schema);
  assert.equal(withSchema.cacheablePrefix - without.cacheablePrefix, schema);
});

test('an empty or half-typed file has counts', () => {
  for (const text of [
    '',
    'messages:',
    'messages: [{ role: user }]',
    'messages: [{ content: 1 }]',
  ]) {
    const counts = countPrompt(parsePrompt(text), counter);
    assert.ok(counts.call.median >= TOKENS_PER_REPLY, text);
  }
});

test('estimates say so', () => {
  const prompt = parsePrompt(TRIAGE);
  const scaled = createTableCounter(
    { encoding: 'o200k_base', exact: false, basis: 'a stand-in', scale: 1.5 },
    encoder,
    new TokenMemo(),
  );
  const estimate = countPrompt(prompt, scaled);
  assert.equal(estimate.exact, false);
  assert.equal(estimate.basis, 'a stand-in');
  const system = count('You label issues. Answer with one label.');
  assert.equal(estimate.messages[0]?.static, Math.round(1.5 * system));
  const rough = countPrompt(prompt, createRoughCounter(exact));
  assert.equal(rough.exact, false);
  assert.match(rough.basis ?? '', /exact count follows/);
  const right = countPrompt(prompt, counter).call.median;
  assert.ok(Math.abs(rough.call.median - right) < 0.25 * right, `${rough.call.median} of ${right}`);
});

test('with a limit, rows at even distances stand for all', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => `  - { a: ${'word '.repeat(20)}${i} }`);
  const prompt = parsePrompt(
    `messages: [{ role: user, content: "{{a}}" }]\ntestData:\n${rows.join('\n')}\n`,
  );
  const all = countPrompt(prompt, counter);
  const some = countPrompt(prompt, counter, { limit: 10_000 });
  assert.equal(all.cases.length, 1000);
  assert.equal(some.rows, 1000);
  assert.ok(some.cases.length > 20 && some.cases.length < 100, `${some.cases.length}`);
  assert.equal(some.call.median, all.call.median);
});

test('a value that is repeated beyond measure is counted apart, and the count says so', () => {
  const content = '{{a}} '.repeat(2000);
  const prompt = parsePrompt(
    `messages: [{ role: user, content: "${content}" }]\ntestData: [{ a: "${'long '.repeat(1000)}" }]`,
  );
  const counts = countPrompt(prompt, counter);
  assert.equal(counts.exact, false);
  assert.match(counts.basis ?? '', /counted apart/);
  const about = 2000 * count('long '.repeat(1000));
  assert.ok(Math.abs(counts.call.max - about) < 0.01 * about);
});
