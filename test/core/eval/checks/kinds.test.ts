import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS, checkName } from '#core/eval/checks/index.ts';
import type { EvaluatorResult } from '#core/eval/run-event.ts';
import { type Judging, judge } from '#test/support/evals.ts';

type Expected = 'pass' | 'fail' | 'error' | 'unmeasurable';
/** `uses` and `with` (YAML), the answer, the verdict; then what the detail says, the score, and more. */
type Row = [
  uses: string,
  answer: string,
  expected: Expected,
  detail?: RegExp | null,
  more?: Partial<Judging> & { score?: number; beside?: string },
];

const TABLE: Row[] = [
  // equals
  ['equals with: Paris', 'Paris', 'pass'],
  ['equals with: Paris', 'paris', 'fail', /is not "Paris"/],
  ['equals with: Paris', 'Paris ', 'fail'],
  ['equals with: 1.50', '1.50', 'pass'],
  ['equals with: { value: "{{input}}!" }', 'hello!', 'pass'],
  ['equals with: { value: "{{nope}}" }', 'x', 'error', /\{\{nope\}\} has no value/],
  ['equals with: { value: { a: 1, b: [x] } }', '{"b":["x"],"a":1.0}', 'pass'],
  ['equals with: { value: { a: 1 } }', '{"a":1,"b":2}', 'fail', /another value/],
  ['equals with: { value: { a: 1 } }', 'a: 1', 'fail', /no JSON/],
  ['equals with: [1, 2]', '[1,2]', 'pass'],
  ['equals with: { value: { a: "{{input}}" } }', '{"a":"hello"}', 'pass'],
  ['equals', 'bonjour', 'pass', null, { rows: '- { input: hello, expected: bonjour }' }],
  ['equals', 'x', 'error', /needs `with: \{ value: … \}`, or an `expected` in the row/],
  ['equals', '{"a":[1]}', 'pass', null, { rows: '- { input: hello, expected: { a: [1] } }' }],
  ['equals with: { value: "{{expected}}" }', '[1]', 'pass', null, { rows: '- { expected: [1] }' }],
  ['equals with: { valeu: Paris }', 'Paris', 'error', /unknown parameter `valeu`; it takes: value/],
  ['not-equals with: Paris', 'London', 'pass'],
  ['not-equals with: Paris', 'Paris', 'fail', /not wanted/],
  ['not-equals', 'x', 'error'],
  // what a value brings in is never expanded again
  ['equals with: { value: "{{a}}" }', '{{b}}', 'pass', null, { rows: '- { a: "{{b}}", b: 1 }' }],
  // the contains family
  ['contains with: refund', 'your refund policy', 'pass', /contains "refund"/],
  ['contains with: Refund', 'your refund policy', 'fail', /lacks "Refund"/],
  ['contains with: ""', 'anything', 'error', /would match every answer/],
  ['not-contains with: ""', 'anything', 'error'],
  ['contains with: [a, b]', 'a b', 'error', /must be a text/],
  ['contains', 'say 4.20 now', 'pass', null, { rows: '- { expected: 4.20 }' }],
  ['not-contains with: refund', 'your refund', 'fail', /not wanted: the answer contains/],
  ['icontains with: REFUND', 'your refund policy', 'pass'],
  ['icontains with: cash', 'your refund policy', 'fail'],
  ['contains-any with: [cash, refund]', 'a refund', 'pass'],
  ['contains-any with: [cash, Refund]', 'a refund', 'fail', /none of "cash", "Refund"/],
  ['contains-any with: { values: [cash, "{{input}}"] }', 'hello', 'pass'],
  ['contains-any with: { value: [cash, card] }', 'card', 'pass'],
  ['contains-any with: card', 'card', 'pass'],
  ['contains-any with: []', 'card', 'error', /empty list/],
  ['contains-any with: [a, ""]', 'card', 'error', /empty text/],
  ['contains-any with: { values: { a: 1 } }', 'card', 'error', /list of texts/],
  ['contains-all with: [14 days, refund]', 'refund in 14 days', 'pass'],
  ['contains-all with: [14 days, cash, card]', 'refund in 14 days', 'fail', /lacks "cash", "card"/],
  ['contains-all', 'a and b', 'pass', null, { rows: '- { expected: [a, b] }' }],
  ['icontains-any with: [CASH, REFUND]', 'a refund', 'pass'],
  ['icontains-all with: [A, REFUND]', 'a refund', 'pass'],
  ['icontains-all with: [A, CASH]', 'a refund', 'fail', /lacks "CASH"/],
  ['starts-with with: Dear', 'Dear you', 'pass'],
  ['starts-with with: dear', 'Dear you', 'fail', /does not start with "dear"/],
  ['starts-with with: Dear', ' Dear you', 'fail'],
  ['ends-with with: bye', 'good bye', 'pass'],
  ['ends-with with: bye', 'good bye\n', 'fail', /does not end with/],
  // regular expressions
  ['regex with: "#\\\\d{3}"', 'order #123', 'pass'],
  ['regex with: { value: ORDER, flags: gi }', 'order #123', 'pass'],
  ['regex with: ORDER', 'order #123', 'fail', /does not match/],
  ['regex with: "("', 'x', 'error', /Invalid regular expression/],
  ['not-regex with: "("', 'x', 'error'],
  ['regex with: { value: a, flags: q }', 'a', 'error', /unknown flags "q"/],
  ['regex with: "^(a+)+$"', `${'a'.repeat(40)}!`, 'error', /too long/],
  ['regex', 'x', 'error', /needs `with: \{ value: … \}`$/, { rows: '- { expected: x }' }],
  ['full-match with: "yes|no"', 'no', 'pass'],
  ['full-match with: "yes|no"', 'no!', 'fail'],
  ['full-match with: { value: "a.*", flags: m }', 'a\nb', 'fail'],
  ['full-match with: { value: "a.*", flags: s }', 'a\nb', 'pass'],
  ['full-match with: "a)|(b"', 'a', 'error'],
  // JSON
  ['is-json', '{"a":[1,null]}', 'pass'],
  ['is-json', '```json\n{}\n```', 'fail', /no JSON/],
  ['is-json', '```json\n{}\n```', 'pass', null, { beside: 'transform: strip-fences' }],
  [
    'is-json with: { schema: { type: object, required: [a] } }',
    '{"a":1}',
    'pass',
    /fits the schema/,
  ],
  [
    'is-json with: { schema: { type: object, required: [a] } }',
    '{"b":1}',
    'fail',
    /required property 'a'/,
  ],
  [`is-json with: '{"type":"array"}'`, '{}', 'fail', /must be array/],
  ['is-json with: { schema: { type: nonsense } }', '{}', 'error', /not a valid JSON Schema/],
  ['not-is-json with: { schema: { type: nonsense } }', '{}', 'error'],
  ['is-json with: { schema: "{{input}}" }', '{}', 'error', /must be a JSON Schema/],
  ['is-json with: { schema: { pattern: "^(a+)+$" } }', `"${'a'.repeat(40)}!"`, 'error', /too long/],
  ['is-json with: { schema: { uniqueItems: true } }', '[{"a":1},{"a":1}]', 'fail'],
  [
    'is-json with: { schema: { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: string }] } }',
    '[1]',
    'fail',
  ],
  [
    'is-json with: { schema: { properties: { a: { pattern: "^x" }, b: { pattern: "^y" } } } }',
    '{"a":"x","b":"x"}',
    'fail',
    /\/b/,
  ],
  ['contains-json', 'Here: {"a":1}. Done', 'pass'],
  ['contains-json', 'Here: {a: 1}', 'fail', /contains no JSON/],
  ['contains-json with: { schema: { required: [b] } }', 'No {"a":1} but {"b":1}', 'pass'],
  [
    'contains-json with: { schema: { required: [b] } }',
    'No {"a":1}',
    'fail',
    /required property 'b'/,
  ],
  // numbers
  ['numeric with: 42', 'The answer is 42.', 'pass'],
  ['numeric with: 42', 'The answer is 41', 'fail', /41 is 1 off 42/],
  ['numeric with: 42', 'Either 42 or 43', 'fail', /several numbers/],
  ['numeric with: 42', '42, that is 42', 'pass'],
  ['numeric with: 42', 'forty-two', 'fail', /no number/],
  ['numeric with: { value: 0.3, tolerance: 0.1 }', '0.4', 'pass'],
  ['numeric with: { value: 0.3, tolerance: 0.1 }', '0.41', 'fail'],
  ['numeric with: { value: 200, relative: 0.01 }', '202', 'pass'],
  ['numeric with: { value: 200, relative: 0.01 }', '203', 'fail'],
  ['numeric with: 1234.5', '$1,234.50', 'pass'],
  ['numeric with: -3', 'minus: −3', 'pass'],
  ['numeric with: 1', '1,2,3', 'fail', /several/],
  ['numeric with: 7', 'GPT4 says 7', 'pass'],
  ['numeric with: many', '7', 'error', /must be a number/],
  ['numeric with: { value: 1, tolerance: -1 }', '1', 'error'],
  ['numeric', '7', 'pass', null, { rows: '- { expected: 7 }' }],
  ['not-numeric with: 42', '41', 'pass'],
  // distance
  ['levenshtein with: kitten', 'sitting', 'pass', /3 edits/, { score: 1 - 3 / 7 }],
  ['levenshtein with: { value: kitten, threshold: 2 }', 'sitting', 'fail', /at most 2/],
  ['levenshtein with: kitten', 'sitting', 'fail', null, { beside: 'threshold: 2' }],
  ['levenshtein with: "👍👍"', '👍', 'pass', /1 edit away/, { score: 0.5 }],
  [
    'not-levenshtein with: { value: kitten, threshold: 2 }',
    'sitting',
    'pass',
    null,
    { score: 3 / 7 },
  ],
  // measures
  ['length with: { max: 5 }', 'hello', 'pass', /5 characters/],
  ['length with: { max: 4 }', 'hello', 'fail', /at most 4/],
  ['length with: { min: 6 }', 'hello', 'fail', /at least 6/],
  ['length with: 5', 'hé👍llo', 'fail', /6 characters/],
  ['length with: { max: 2, unit: words }', 'one two three', 'fail', /3 words/],
  ['length with: { max: 2, unit: tokens }', 'one two', 'pass', /2 tokens/],
  [
    'length with: { max: 2, unit: tokens }',
    'a',
    'unmeasurable',
    /not known/,
    { context: { countTokens: () => null } },
  ],
  ['length with: { max: 2, unit: lines }', 'a', 'error', /may be: characters, words, tokens/],
  ['length', 'a', 'error', /max/],
  ['length with: { min: 3, max: 2 }', 'a', 'error'],
  ['finish-reason', 'x', 'pass'],
  ['finish-reason with: length', 'x', 'fail', /ended with stop/],
  [
    'finish-reason with: [end_turn, max_tokens]',
    'x',
    'pass',
    null,
    { more: { finishReason: 'length' } },
  ],
  ['finish-reason with: tired', 'x', 'error', /no finish reason/],
  ['cost with: 0.002', 'x', 'pass', /\$0\.00100/],
  ['cost with: { threshold: 0.0005 }', 'x', 'fail'],
  ['cost', 'x', 'error', /threshold/],
  ['cost', 'x', 'pass', null, { beside: 'threshold: 0.002' }],
  ['cost with: 0.002', 'x', 'unmeasurable', /price/, { subject: { cost: null } }],
  ['latency with: 20', 'x', 'pass', /12 ms/],
  ['latency with: 10', 'x', 'fail'],
  ['latency with: 10', 'x', 'unmeasurable', /stored/, { subject: { cached: true } }],
  ['not-latency with: 10', 'x', 'unmeasurable', /stored/, { subject: { cached: true } }],
  // unknown kinds, transforms, thresholds
  ['contians with: x', 'x', 'error', /unknown evaluator `uses: promptsmith\/contians`/],
  ['not-contians with: x', 'y', 'error'],
  ['equals with: b', ' b ', 'pass', null, { beside: 'transform: trim' }],
  ['equals with: b', 'B', 'pass', null, { beside: 'transform: lower' }],
  ['equals with: b', '{"a":["b"]}', 'pass', null, { beside: 'transform: "json:a[0]"' }],
  ['equals with: b', '{"a":1}', 'fail', /nothing at a\[0\]/, { beside: 'transform: "json:a[0]"' }],
  ['not-equals with: b', 'no JSON', 'fail', /no JSON/, { beside: 'transform: "json:$.a"' }],
  [
    'equals with: "7"',
    'Answer: 7.',
    'pass',
    null,
    { beside: String.raw`transform: 'regex:(\d+)'` },
  ],
  [
    'numeric with: 7',
    '6 + 1 = 7',
    'pass',
    null,
    { beside: String.raw`transform: 'regex:= (\d+)'` },
  ],
  ['equals with: b', 'x', 'fail', /does not match/, { beside: 'transform: "regex:y"' }],
  [
    'equals with: b',
    'x',
    'error',
    /Invalid regular expression/,
    { beside: 'transform: "regex:("' },
  ],
  ['equals with: b', 'x', 'error', /unknown transform "upper"/, { beside: 'transform: upper' }],
  [
    'levenshtein with: { value: kitten, threshold: 9 }',
    'sitting',
    'pass',
    null,
    { score: 1 - 3 / 7 },
  ],
];

test('every kind judges as documented', async (t) => {
  for (const [row, answer, expected, detail, more = {}] of TABLE) {
    await t.test(`${row} ← ${JSON.stringify(answer.slice(0, 40))}: ${expected}`, async () => {
      const [uses, parameters] = row.split(/ with: (.*)/s);
      const lines = [`- uses: promptsmith/${uses}`];
      if (parameters !== undefined) lines.push(`  with: ${parameters}`);
      if (more.beside) lines.push(`  ${more.beside}`);
      const [result] = await judge({ evaluators: lines.join('\n'), answer, ...more });
      assert.ok(result);
      assert.equal(verdictOf(result), expected, result.detail);
      if (detail) assert.match(result.detail, detail);
      if (more.score !== undefined) assert.ok(Math.abs((result.score ?? -1) - more.score) < 1e-9);
      assert.equal(result.kind, uses);
    });
  }
});

test('every kind is documented and its example runs', async () => {
  const names = CHECKS.map(checkName);
  assert.equal(new Set(names).size, names.length);
  for (const check of CHECKS) {
    assert.match(check.summary, /\.$/);
    for (const parameter of check.parameters) assert.match(parameter.description, /\.$/);
    const [result] = await judge({
      evaluators: `- ${check.example.replaceAll('\n', '\n  ')}`,
      answer: 'no',
      rows: '- { input: hello, expected: hello }',
      context: { ask: async () => ({ text: 'no\nScore: 3', cost: 0 }) },
    });
    assert.ok(result);
    assert.equal(result.kind, check.namespace === 'github' ? `github/${check.kind}` : check.kind);
    assert.equal(result.error, undefined, `${checkName(check)}: ${result.error}`);
  }
});

function verdictOf({ passed, error, score }: EvaluatorResult): Expected {
  if (error !== undefined) {
    assert.equal(passed, null);
    return 'error';
  }
  if (passed === null) {
    assert.equal(score, null);
    return 'unmeasurable';
  }
  return passed ? 'pass' : 'fail';
}
