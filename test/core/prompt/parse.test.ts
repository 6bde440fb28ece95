import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOP_LEVEL_KEYS } from '#core/prompt/keys.ts';
import { MAX_LENGTH, parsePrompt } from '#core/prompt/parse.ts';
import promptSchema from '#schemas/prompt.schema.json' with { type: 'json' };
import { SAMPLE } from './sample.ts';

test('reads every part of a file', () => {
  const prompt = parsePrompt(SAMPLE);
  assert.deepEqual(prompt.problems, []);
  assert.equal(prompt.model, 'openai/gpt-4o-mini');
  assert.deepEqual(prompt.parameters, { maxTokens: 80, temperature: 0.2 });
  assert.deepEqual(
    prompt.messages.map((m) => [
      m.role,
      m.content?.placeholders.map((p) => SAMPLE.slice(p.span.start, p.span.end)),
    ]),
    [
      ['system', ['{{lang}}']],
      ['user', ['{{ticket}}']],
    ],
  );
  assert.deepEqual(
    prompt.variables.map((v) => [v.name, v.trust]),
    [
      ['ticket', 'user'],
      ['lang', undefined],
    ],
  );
  const [first, second] = prompt.rows;
  assert.equal(first?.values.get('ticket')?.text, '1.50');
  assert.deepEqual(first?.meta.tags, ['adversarial']);
  assert.equal(first?.meta.must, true);
  assert.equal(second?.values.get('ticket')?.text, '[1,{"a":null}]');
  assert.equal(second?.values.get('expected')?.text, '');
  const kinds = prompt.evaluators.map(({ body, name }) => [
    name,
    body.type === 'uses' ? [body.kind, body.negated] : body.type,
  ]);
  assert.deepEqual(kinds, [
    ['short', ['length', true]],
    ['regex', ['regex', false]],
    ['regex', ['regex', false]],
    ['s', 'string'],
  ]);
});

const kinds: readonly (readonly [string, string, string])[] = [
  ['an empty file', '', 'prompt'],
  ['a half-typed key', 'mess', 'prompt'],
  ['no messages, known keys only', 'name: x\nmodel: y\n', 'prompt'],
  ['messages: []', 'messages: []\nfoo: 1\n', 'prompt'],
  ['an unknown key without messages', 'name: x\ntemplate: y\n', 'not-a-prompt'],
  ['a list', '- a\n- b\n', 'not-a-prompt'],
  ['prose', 'Say hello to the user.\n', 'not-a-prompt'],
  ['too large', `a: ${'x'.repeat(MAX_LENGTH)}`, 'too-large'],
];

for (const [name, text, kind] of kinds) {
  test(`recognizes what a file is: ${name}`, () => {
    assert.equal(parsePrompt(text).kind, kind);
  });
}

const broken: readonly (readonly [string, string, RegExp, string])[] = [
  ['a tab', 'messages:\n\t- role: user\n', /[Tt]abs/, '\t'],
  ['a key twice', 'name: a\nname: b\nmessages: []\n', /twice/, 'name'],
  ['two colons', 'name: a: b\nmessages: []\n', /second `: `/, 'a'],
  ['an open quote', 'name: "a\nmessages: []\n', /never closed/, '"'],
  [
    'a bare placeholder with text',
    'messages:\n  - role: user\n    content: {{x}} please\n',
    /needs quotes/,
    'please',
  ],
  ['an unknown alias', 'name: *nobody\nmessages: []\n', /anchor/, '*nobody'],
  ['an alias of itself', 'messages: &a [*a]\n', /itself/, '*a'],
];

for (const [name, text, message, marked] of broken) {
  test(`reports what is wrong with the YAML: ${name}`, () => {
    const { problems } = parsePrompt(text);
    assert.equal(problems.length, 1, JSON.stringify(problems));
    const [problem] = problems;
    assert.equal(problem?.code, 'syntax');
    assert.match(problem?.message ?? '', message);
    assert.equal(text.slice(problem?.span.start, problem?.span.end), marked);
  });
}

test('reads the first of several documents', () => {
  const prompt = parsePrompt('name: a\nmessages: []\n---\nname: b\n');
  assert.equal(prompt.name?.value, 'a');
  assert.deepEqual(
    prompt.problems.map((p) => p.code),
    ['second-document'],
  );
});

test('keeps a BOM and CRLF', () => {
  const text =
    '\ufeffname: a\r\nmessages:\r\n  - role: user\r\n    content: |\r\n      Hi {{who}}\r\n';
  const prompt = parsePrompt(text);
  assert.deepEqual(prompt.problems, []);
  assert.equal(prompt.name?.value, 'a');
  assert.equal(prompt.messages[0]?.content?.text, 'Hi {{who}}\n');
  const span = prompt.messages[0]?.content?.placeholders[0]?.span;
  assert.equal(text.slice(span?.start, span?.end), '{{who}}');
});

test('merges `<<` as older readers do: own keys win', () => {
  const prompt = parsePrompt(
    'messages: []\ntestData:\n  - &base { a: 1, b: 2 }\n  - { <<: *base, b: 3 }\n',
  );
  assert.deepEqual(
    [...(prompt.rows[1]?.values ?? [])].map(([k, v]) => [k, v.text]),
    [
      ['b', '3'],
      ['a', '1'],
    ],
  );
});

test('knows the keys of the schema and no others', () => {
  assert.deepEqual([...TOP_LEVEL_KEYS].sort(), Object.keys(promptSchema.properties).sort());
});
