import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assignCaseIds,
  createRunId,
  derivePromptId,
  formatJobId,
  parseJobId,
} from '#core/eval/ids.ts';
import { type CaseFilter, createPlan, listJobs } from '#core/eval/plan/plan.ts';
import { buildRequest, requestKey } from '#core/eval/plan/request.ts';
import { readTestFile } from '#core/eval/plan/test-file.ts';
import { hashValue } from '#core/hash.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { planOf, promptText, TARGET } from '../../../support/evals.ts';

const ROWS = `- { input: one, $case: { name: first, tags: [eu] } }
- { input: two, $case: { tags: [us, holdout], group: g, must: true, threshold: 0.5 } }
- { input: two }
- { input: three, $case: { name: first, skip: true } }`;

test('case ids are the name or a hash of the values, repeated ones numbered', () => {
  const hash = hashValue({ input: 'two' }).slice('sha256:'.length, 'sha256:'.length + 12);
  assert.deepEqual(assignCaseIds(parsePrompt(promptText('- uses: x', ROWS)).rows), [
    'first',
    hash,
    `${hash}~2`,
    'first~2',
  ]);
  const taken =
    '- { i: 1, $case: { name: a } }\n- { i: 2, $case: { name: a~2 } }\n- { i: 3, $case: { name: a } }';
  assert.deepEqual(assignCaseIds(parsePrompt(promptText('- uses: x', taken)).rows), [
    'a',
    'a~2',
    'a~3',
  ]);
});

test('any key of the rows fills its placeholder; a row without it is not sent', () => {
  const text = `messages:
  - { role: user, content: "{{größe}} {{Standard Question}} {{Size (cm)}} {{a/b}} {{ x }}" }
`;
  const document = parsePrompt(text);
  const { rows } = readTestFile(
    'rows.csv',
    'größe,Standard Question,Size (cm),a/b\nXL,Wie?,{{größe}},AB\n',
    { placeholders: new Set(), maxRows: 10 },
  );
  const partial = readTestFile('more.jsonl', '{"größe":"S","Standard Question":"?","a/b":1}\n', {
    placeholders: new Set(),
    maxRows: 10,
    firstIndex: 1,
  });
  const made = createPlan(document, { models: [TARGET], rows: [...rows, ...partial.rows] });
  const [first, second] = [...listJobs(made)].map((job) => buildRequest(made, job));
  assert.ok(first && 'request' in first && second && 'error' in second);
  assert.equal(first.request.messages[0]?.content, 'XL Wie? {{größe}} AB {{ x }}');
  assert.match(second.error, /^\{\{Size \(cm\)\}\} has no value/);
});

test('case ids survive reordering and the flattening of nested rows', () => {
  const [a, b] = assignCaseIds(
    parsePrompt(promptText('- uses: x', '- { input: 1, k: x }\n- { input: 2 }')).rows,
  );
  const turned = parsePrompt(
    promptText('- uses: x', '- { input: 2 }\n- { vars: { k: x, input: 1 } }'),
  );
  assert.deepEqual(assignCaseIds(turned.rows), [b, a]);
});

test('jobs are all cases of all models before any repeat', () => {
  const other = { ...TARGET, id: 'b' };
  const made = planOf(promptText('- uses: x', '- { input: 1, $case: { name: c|1 } }'), {
    models: [TARGET, other],
    repeat: 2,
  });
  const ids = [...listJobs(made)].map((job) => job.id);
  assert.deepEqual(ids, [
    'c|1|openai/gpt-4o-mini|0',
    'c|1|b|0',
    'c|1|openai/gpt-4o-mini|1',
    'c|1|b|1',
  ]);
  assert.deepEqual(parseJobId(ids[0] ?? ''), {
    case: 'c|1',
    model: 'openai/gpt-4o-mini',
    repeat: 0,
  });
  assert.equal(parseJobId('nonsense'), null);
  assert.equal(formatJobId({ case: 'a', model: 'b', repeat: 3 }), 'a|b|3');
});

test('filters by name and tag; `only` leaves the others out', () => {
  const names = (filter: CaseFilter) =>
    planOf(promptText('- uses: x', ROWS), { filter }).cases.map((c) => c.row.index);
  assert.deepEqual(names({}), [0, 1, 2, 3]);
  assert.deepEqual(names({ names: ['FIRST'] }), [0, 3]);
  assert.deepEqual(names({ tags: ['us', 'eu'] }), [0, 1]);
  assert.deepEqual(names({ withoutTags: ['holdout'] }), [0, 2, 3]);
  assert.deepEqual(names({ names: ['first'], tags: ['us'] }), []);
  const withOnly = promptText('- uses: x', `${ROWS}\n- { input: 9, $case: { only: true } }`);
  const only = planOf(withOnly);
  assert.deepEqual(
    only.cases.map((c) => c.row.index),
    [4],
  );
  assert.deepEqual(only.leftOut, { only: 3, filter: 0, shard: 0, holdout: 0 });
  const [first = ''] = planOf(promptText('- uses: x', ROWS)).cases.map(({ id }) => id);
  const named = planOf(withOnly, { filter: { ids: new Set([first]) } });
  assert.deepEqual(
    named.cases.map(({ id }) => id),
    [first],
    'a case that is asked for by its id runs',
  );
});

test('a skipped case marked `only` leaves no other out', () => {
  const skipped = '- { input: 1, $case: { only: true, skip: true } }\n- { input: 2 }';
  const made = planOf(promptText('- uses: x', skipped));
  assert.deepEqual(
    made.cases.map((c) => c.row.index),
    [0, 1],
  );
  assert.deepEqual(made.leftOut, { only: 0, filter: 0, shard: 0, holdout: 0 });
});

test('a row’s evaluators are added to the file’s', () => {
  const rows =
    '- { input: 1, $case: { evaluators: [{ name: own, uses: promptsmith/is-json }] } }\n- { input: 2 }';
  const [own, other] = planOf(
    promptText('- { name: shared, uses: promptsmith/is-json }', rows),
  ).cases;
  assert.deepEqual(
    own?.evaluators.map((e) => e.name),
    ['shared', 'own'],
  );
  assert.deepEqual(
    other?.evaluators.map((e) => e.name),
    ['shared'],
  );
});

const DEFAULTS = `model: m
variables: [{ name: tone, default: calm }, { name: must }]
messages: [{ role: system, content: "{{tone}}" }, { role: user, content: "{{q}} {{must}} {{q}}" }]
testData: [{ q: "{{tone}}", must: 1.50 }, { q: a }]
`;

test('a request has the row’s values and the defaults, expanded once', () => {
  const made = planOf(DEFAULTS);
  const [first, second] = [...listJobs(made)].map((job) => buildRequest(made, job));
  assert.ok(first && 'request' in first);
  assert.deepEqual(first.request.messages, [
    { role: 'system', content: 'calm' },
    { role: 'user', content: '{{tone}} 1.50 {{tone}}' },
  ]);
  assert.deepEqual(second, {
    error: '{{must}} has no value in this row; add it there, or set a default under `variables`',
  });
  const lenient = planOf(DEFAULTS, { allowMissing: true });
  const sent = [...listJobs(lenient)].map((job) => buildRequest(lenient, job))[1];
  assert.ok(sent && 'request' in sent);
  assert.equal(sent.request.messages[1]?.content, 'a {{must}} a');
});

test('a prompt that cannot be sent says why', () => {
  for (const [text, expected] of [
    ['messages: []\ntestData: [{ a: 1 }]', /no messages/],
    ['messages: [{ content: x }]\ntestData: [{ a: 1 }]', /messages\[0\] needs a role/],
    [
      'messages: [{ role: user }]\ntestData: [{ a: 1 }]',
      /messages\[0\] needs a string as `content`/,
    ],
    ['messages: [{ role: user, content: "x }]\ntestData: [{ a: 1 }]', /YAML errors/],
    [
      'messages: [{ role: user, content: x }]\nresponseFormat: json_schema',
      /`jsonSchema` is missing/,
    ],
    [
      'messages: [{ role: user, content: x }]\nresponseFormat: json_schema\njsonSchema: "{"',
      /not valid JSON/,
    ],
  ] as const) {
    assert.match(planOf(text).blocked ?? '', expected);
  }
});

test('the request key covers everything that is sent and the repeat, and nothing else', () => {
  const made = planOf(promptText('- uses: x'), { repeat: 2 });
  const requests = [...listJobs(made)].map((job) => buildRequest(made, job));
  const [a, b] = requests.map((r) => ('request' in r ? r.request : null));
  assert.ok(a && b);
  const key = requestKey(a);
  assert.match(key, /^sha256:[0-9a-f]{64}$/);
  assert.notEqual(key, requestKey(b));
  assert.equal(
    key,
    requestKey({ ...a, provider: 'x', why: { case: 'other', repeat: 0, role: 'x' } }),
  );
  for (const change of [
    { origin: 'http://elsewhere' },
    { model: 'x' },
    { messages: [] },
    { parameters: { temperature: 1 } },
    { responseFormat: 'json_object' },
    { jsonSchema: {} },
  ]) {
    assert.notEqual(key, requestKey({ ...a, ...change }));
  }
});

const BASE = promptText(
  '- { uses: promptsmith/contains, with: a }',
  '- { input: a }\n- { input: b }',
);

test('each hash changes with its own part only', () => {
  const base = planOf(BASE).hashes;
  const changed = (text: string, options = {}) => {
    const other = planOf(text, options).hashes;
    return Object.keys(base).filter(
      (key) => other[key as keyof typeof base] !== base[key as keyof typeof base],
    );
  };
  assert.deepEqual(changed(BASE), []);
  assert.deepEqual(changed(`# a comment\n${BASE}`), ['text']);
  assert.deepEqual(changed(`version: 1.2.3\n${BASE}`), ['text']);
  assert.deepEqual(changed(`description: x\n${BASE}`), ['text', 'content']);
  assert.deepEqual(changed(BASE.replace('Say', 'Tell')), ['text', 'prompt', 'content']);
  assert.deepEqual(changed(BASE.replace('input: b', 'input: c')), ['text', 'data', 'content']);
  assert.deepEqual(changed(BASE.replace('with: a', 'with: b')), ['text', 'checks', 'content']);
  assert.deepEqual(changed(BASE, { judge: 'openai/gpt-4o' }), ['checks']);
  const turned = promptText(
    '- { uses: promptsmith/contains, with: a }',
    '- { input: b }\n- { input: a }',
  );
  assert.deepEqual(changed(turned), ['text', 'content']);
  const alias = promptText(
    '- { name: contains, type: contains, value: a }',
    '- { input: a }\n- { input: b }',
  );
  assert.deepEqual(changed(alias), ['text', 'content']);
});

test('promptId and runId', () => {
  for (const [path, id, expected] of [
    ['support/triage.prompt.yaml', null, 'support/triage'],
    ['Support\\Über uns.prompt.yml', null, 'support/ber-uns'],
    ['support/.prompt.yml', null, 'support'],
    ['.prompt.yml', null, 'prompt'],
    ['a.prompt.yaml', 'My/Prompt', 'my/prompt'],
    ['a.prompt.yaml', '../../etc', 'etc'],
    ['a.prompt.yaml', '..', 'a'],
    ['./x/a.prompt.yaml', '  ', 'x/a'],
  ] as const) {
    assert.equal(derivePromptId(path, id), expected, path);
  }
  assert.equal(createRunId(new Date('2026-11-21T09:30:00.123Z'), 0.1), '20261121T093000Z-07b199');
  const later = createRunId(new Date('2026-11-21T09:30:00.124Z'), 0);
  assert.ok(later > createRunId(new Date('2026-11-21T09:30:00.123Z'), 0.999));
  assert.match(createRunId(new Date(0), 0), /-000000$/);
});

test('rows of test files take the place of the file’s own when given', () => {
  const document = parsePrompt(BASE);
  const more = parsePrompt(promptText('- uses: x', '- { input: z }')).rows;
  const made = createPlan(document, { models: [TARGET], rows: [...document.rows, ...more] });
  assert.equal(made.cases.length, 3);
  assert.notEqual(made.hashes.data, planOf(BASE).hashes.data);
});
