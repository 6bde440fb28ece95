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

const LEAKED = [
  'You sell bread.',
  ' Never name the price before the customer has asked twice for it politely.',
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
  // JSONPath
  ['json-path with: $.a[1]', '{"a":[1,2]}', 'pass', /one value at/],
  ['json-path with: $.b', '{"a":[1,2]}', 'fail', /nothing at \$\.b/],
  ['json-path with: { path: "$.a[*]", value: 2 }', '{"a":[1,2]}', 'pass', /1 of 2 places/],
  ['json-path with: { path: "$.a[*]", value: 2, match: all }', '{"a":[1,2]}', 'fail', /not "2"/],
  [
    'json-path with: { path: "$.a[?@.n > 1].s", value: "{{input}}" }',
    '{"a":[{"n":2,"s":"hello"}]}',
    'pass',
  ],
  ['json-path with: { path: $.a, value: [1, 2] }', '{"a":[1,2.0]}', 'pass'],
  ['json-path with: { path: $.ok, value: true }', '{"ok":true}', 'pass'],
  ['json-path with: { path: $.ok, value: "" }', '{"ok":0}', 'fail'],
  ['json-path with: $.a', 'no', 'fail', /no JSON/],
  ['json-path with: a.b', '{}', 'error', /is not a valid JSONPath/],
  ['not-json-path with: "$["', '{}', 'error', /is not a valid JSONPath/],
  ['json-path with: \'$[?search(@, "^(a+)+$")]\'', `["${'a'.repeat(40)}!"]`, 'error', /too long/],
  // overlap with a reference
  [
    'rouge-n with: the cat sat on the mat',
    'The the the cat',
    'fail',
    /ROUGE-1 is 0\.60; 0\.75 is asked/,
    { score: 0.6 },
  ],
  [
    'rouge-n with: { value: the cat sat on the mat, n: 2 }',
    'the cat sat',
    'pass',
    null,
    { score: 4 / 7, beside: 'threshold: 0.5' },
  ],
  ['rouge-n with: Paris', 'paris!', 'pass', null, { score: 1 }],
  ['rouge-n with: Paris', '', 'fail', null, { score: 0 }],
  ['rouge-n with: 東京は晴れ', '東京は雨', 'fail', null, { score: 6 / 9 }],
  ['rouge-n with: { value: Paris, n: 2 }', 'Paris', 'error', /fewer than 2 words/],
  ['rouge-n with: { value: Paris, n: 0 }', 'Paris', 'error', /from 1 to 9/],
  ['not-rouge-n with: Paris', 'London', 'pass', null, { score: 1 }],
  [
    'bleu with: the cat sat on the mat',
    'the the the cat sat',
    'fail',
    null,
    { score: 0.43542524047973125 },
  ],
  [
    'bleu with: [the parcel arrives on Monday, it will arrive on Monday]',
    'It arrives Monday',
    'fail',
    null,
    { score: 0.3280443278078623 },
  ],
  ['bleu with: Paris', 'Paris.', 'pass', null, { score: 1 }],
  ['bleu with: a b c', 'x y z', 'fail', null, { score: 0 }],
  ['bleu with: a b c', '', 'fail', null, { score: 0 }],
  ['bleu with: "!"', 'x', 'error', /no words/],
  // refusals
  ['refusal', "I'm sorry, but I can’t help with that.", 'pass', /refuses/],
  ['refusal', 'As an AI language model, I cannot give legal advice.', 'pass'],
  ['refusal', 'I must respectfully decline.', 'pass'],
  ['refusal', 'Es tut mir leid, aber dabei kann ich nicht helfen.', 'pass'],
  ['refusal', 'Je suis désolé, mais je ne peux pas répondre.', 'pass'],
  ['refusal', 'Lo siento, pero no puedo ayudarte con eso.', 'pass'],
  ['refusal', '抱歉，我无法提供这些信息。', 'pass'],
  ['refusal', '申し訳ありませんが、お答えできません。', 'pass'],
  ['refusal', 'anything', 'pass', /filter/, { more: { finishReason: 'content-filter' } }],
  ['refusal', "I'm sorry to hear that your parcel is late. It arrives on Monday.", 'fail'],
  ['refusal', "I can't wait to see it! We will refund you.", 'fail'],
  ['refusal', 'The policy says that agents cannot help with refunds after 30 days.', 'fail'],
  ['not-refusal', 'Sure, here it is.', 'pass'],
  ['not-refusal', 'I cannot help with that.', 'fail', /not wanted/],
  // what must not be told
  ['prompt-leak', 'Hello', 'unmeasurable', /no system message/],
  [
    'prompt-leak',
    'My rules: never name the price before the customer has asked twice for it politely.',
    'fail',
    /repeats 13 words.*never name/,
    { subject: { instructions: LEAKED } },
  ],
  [
    'prompt-leak with: { max: 14 }',
    'My rules: never name the price before the customer has asked twice for it politely.',
    'pass',
    null,
    { subject: { instructions: LEAKED } },
  ],
  [
    'prompt-leak',
    'The price is 4 euros.',
    'pass',
    /at most 2/,
    { subject: { instructions: LEAKED } },
  ],
  [
    'prompt-leak with: { max: 2 }',
    'one two three four',
    'pass',
    null,
    { subject: { instructions: ['one two', 'three four'] } },
  ],
  [
    'prompt-leak with: { canary: PS-7Q4M-2291 }',
    'It says p s 7 q 4 m 2.2.9.1 there',
    'fail',
    /holds the canary/,
  ],
  ['prompt-leak with: { canary: PS-7Q4M-2291 }', 'Nothing of it', 'pass'],
  ['prompt-leak with: { canary: abc }', 'x', 'error', /at least 6/],
  ['prompt-leak with: { max: 0 }', 'x', 'error', /at least 1/],
  [
    'pii',
    'Write to ann.lee@mail.acme.io or call +49 30 9018 2345.',
    'fail',
    /email an…io, phone \+4…45/,
  ],
  ['pii', 'Write to ann@example.com or call (212) 555-0123.', 'pass'],
  ['pii with: { types: [phone] }', 'ann.lee@mail.acme.io', 'pass'],
  ['pii with: { allow: [ANN.lee@mail.acme.io] }', 'ann.lee@mail.acme.io', 'pass'],
  ['pii with: { types: [shoe] }', 'x', 'error', /no type/],
  ['not-pii', 'ann.lee@mail.acme.io', 'pass'],
  ['secrets', 'Nothing to see, ghp_ is a prefix.', 'pass'],
  [
    'secrets',
    `Use ${'ghp'}_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}.`,
    'fail',
    /GitHub token ghp_…$/,
  ],
  // retrieval
  ['hit-rate with: [d3]', 'd1\nd3\n', 'pass', /1 of 1 relevant/, { score: 1 }],
  ['hit-rate with: { values: [d3], k: 1 }', 'd1\nd3', 'fail', null, { score: 0 }],
  ['hit-rate', '["a","b"]', 'pass', null, { rows: '- { expected: [b, c] }' }],
  [
    'precision-at-k with: { value: [a, b], k: 3 }',
    '[{"id":"a"},{"id":"x"},{"id":"b"}]',
    'pass',
    null,
    { score: 2 / 3 },
  ],
  [
    'precision-at-k with: { value: [a, b], k: 5 }',
    'a, b',
    'fail',
    /0\.5 is asked/,
    { score: 2 / 5 },
  ],
  ['precision-at-k with: { value: [a], k: 2 }', 'a, a, a', 'pass', null, { score: 1 / 2 }],
  ['precision-at-k with: [a]', 'a', 'error', /needs `with: \{ k/],
  [
    'recall-at-k with: { value: [a, b, c], k: 2 }',
    '["a", "x", "b"]',
    'fail',
    null,
    { score: 1 / 3 },
  ],
  ['recall-at-k with: { value: [1, 2] }', '[1, 2]', 'pass', null, { score: 1 }],
  ['recall-at-k with: { value: [a] }', '', 'fail', null, { score: 0 }],
  ['recall-at-k with: { value: [a], k: 0 }', 'a', 'error', /at least 1/],
  ['consistent', 'x', 'unmeasurable', /in no `\$case\.group`/],
  [
    'consistent',
    'Paris.',
    'pass',
    /all 2 answers/,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: 'paris' }] } } },
  ],
  [
    'consistent',
    'Paris',
    'fail',
    /1 of 2 .* not with "b"/,
    { score: 0.5, subject: { group: { missing: 0, others: [{ case: 'b', text: 'Rome' }] } } },
  ],
  [
    'consistent with: json',
    '{"a":1,"b":2}',
    'pass',
    null,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: '{"b":2,"a":1.0}' }] } } },
  ],
  [
    'consistent with: json',
    'no',
    'fail',
    /no JSON/,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: 'no' }] } } },
  ],
  [
    'consistent',
    '{"v":"A","n":1}',
    'pass',
    null,
    {
      beside: 'transform: json:v',
      subject: { group: { missing: 0, others: [{ case: 'b', text: '{"v":"a","n":2}' }] } },
    },
  ],
  [
    'consistent',
    'x',
    'unmeasurable',
    /--rescore/,
    { subject: { group: { missing: 1, others: [] } } },
  ],
  [
    'consistent',
    'x',
    'unmeasurable',
    /no other case/,
    { subject: { group: { missing: 0, others: [] } } },
  ],
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
      context: { judge: 'acme/judge', ask: async () => ({ text: 'no\nScore: 3', cost: 0 }) },
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
