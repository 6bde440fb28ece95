import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { parsePrompt } from '#core/prompt/parse.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';

/** A prompt that uses every field of the format. */
const RICH = {
  name: 'Triage',
  description: 'Sorts tickets',
  id: 'support/triage',
  tags: ['support'],
  authors: ['Ada'],
  metadata: { owner: 'support', feature: 'inbox' },
  model: 'openai/gpt-4o',
  candidates: ['openai/gpt-4o-mini'],
  modelParameters: {
    temperature: 0.5,
    topP: 0.5,
    maxTokens: 1500,
    presencePenalty: 0.5,
    frequencyPenalty: 0.5,
    stop: 'END',
    seed: 7,
  },
  responseFormat: 'json_schema',
  jsonSchema: JSON.stringify({
    name: 'triage',
    schema: { type: 'object', properties: { queue: { type: 'string', description: 'Queue' } } },
  }),
  variables: {
    ticket: {
      description: 'The mail',
      type: 'string',
      required: true,
      example: 'Where is it?',
      trust: 'external',
      maxTokens: 1500,
    },
    tone: { description: 'The tone', default: 'calm', enum: ['calm', 'brisk'], trust: 'trusted' },
  },
  messages: [
    { role: 'system', content: 'You sort tickets for a support team.' },
    { role: 'user', content: 'My card was charged twice.' },
    { role: 'assistant', content: 'billing' },
    { role: 'user', content: 'Keep a {{tone}} tone. Sort this: {{ticket}}' },
  ],
  testData: [
    {
      ticket: 'Where is my parcel?',
      tone: 'calm',
      expected: 'shipping',
      $case: {
        name: 'parcel',
        tags: ['easy'],
        skip: false,
        only: false,
        must: false,
        group: 'mails',
        source: 'inbox',
        threshold: 0.5,
        evaluators: [{ name: 'polite', uses: 'promptsmith/contains', with: 'please' }],
      },
    },
    { ticket: 'The app crashes', tone: 'brisk', expected: 'technical' },
  ],
  testFiles: ['more.csv'],
  variants: { names: [['Ada', 'Bob']] },
  evaluators: [
    {
      name: 'right queue',
      string: { equals: 'a', contains: 'b', startsWith: 'c', endsWith: 'd' },
      threshold: 0.5,
      weight: 2,
      metric: 'accuracy',
      transform: 'trim',
    },
    {
      name: 'short',
      uses: 'promptsmith/length',
      with: { unit: 'words', min: 1, max: 3 },
    },
    {
      name: 'kind',
      llm: {
        modelId: 'openai/gpt-4o',
        prompt: 'Is {{completion}} a kind answer?',
        systemPrompt: 'You judge answers.',
        choices: [
          { choice: 'yes', score: 1 },
          { choice: 'no', score: 0 },
        ],
      },
    },
    { name: 'no apology', uses: 'promptsmith/not-contains', with: 'sorry' },
  ],
  derivedMetrics: { double: '2 * accuracy' },
  acceptance: {
    passRate: 0.5,
    metrics: { accuracy: 0.5 },
    p95LatencyMs: 1500,
    maxCostPerCall: 0.5,
    errorRate: 0.5,
  },
  budget: { maxInputTokens: 1500, maxCostPerCall: 0.5, maxCostPerRun: 0.5, maxLatencyMs: 1500 },
};

type Tree = string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree };
type Path = readonly (string | number)[];

/** The only change that an edit of a field gives, by the field's path. */
const EXPECTED: readonly (readonly [path: RegExp, text: string | RegExp])[] = [
  [/^model$/, /^the model changed: openai\/gpt-4o → /],
  [/^modelParameters\.(\w+)$/, '^the parameter $1 changed: '],
  [/^responseFormat$/, /^the response format changed: json_schema → text$/],
  [/^jsonSchema$/, /^`jsonSchema\.schema\.properties\.queue\.type` changed: "string" → "number"$/],
  [/^variables\.(\w+)\.required$/, '^the variable "$1" is now optional$'],
  [/^variables\.(\w+)\.enum/, '^the variable "$1" accepts fewer or different values: \\['],
  [/^variables\.(\w+)\.(\w+)$/, '^the $2 of the variable "$1" changed: .+ → '],
  [/^messages\.0\.content$/, /^an instruction was added to the system message \(1\): /],
  [/^messages\.1\.content$/, /^the wording of the user message \(2\) changed$/],
  [/^messages\.2\.content$/, /^the wording of the assistant message \(3\) changed$/],
  [/^messages\.3\.content$/, /^the wording of the user message \(4\) changed$/],
  [/^messages\.0\.role$/, /^the role of message 1 changed: system → /],
  [/^messages\.1\.role$/, /^the role of message 2 changed: user → /],
  [/^messages\.2\.role$/, /^the role of message 3 changed: assistant → /],
  [/^messages\.3\.role$/, /^the role of message 4 changed: user → /],
  [
    /^testData\.\d+\.expected$/,
    /^the expected value of (?:the test row "parcel"|test row 2 \(“The app crashes”\)) changed: (?:shipping|technical) → /,
  ],
  [
    /^testData\.0\.\$case\.evaluators\.0\.name$/,
    /^the evaluator "polite" of the test row "parcel" was renamed to /,
  ],
  [
    /^testData\.0\.\$case\.evaluators\.0\.uses$/,
    /^the check of the evaluator "polite" of the test row "parcel" changed: /,
  ],
  [
    /^testData\.0\.\$case\.evaluators\.0\.with$/,
    /^the value of the evaluator "polite" of the test row "parcel" changed: /,
  ],
  [/^testData\.0\.\$case\.(\w+)/, '^`\\$case\\.$1` of the test row "parcel" changed: .+ → '],
  [
    /^testData\.\d+\.(\w+)$/,
    '^`$1` of (?:the test row "parcel"|test row 2 \\(“.+”\\)) changed: .+ → ',
  ],
  [/^evaluators\.\d+\.name$/, /^the evaluator ".+" was renamed to ".+"$/],
  [
    /^evaluators\.0\.string\.(\w+)$/,
    '^the criterion "$1" of the evaluator "right queue" changed: ',
  ],
  [/^evaluators\.0\.transform$/, /^the transformation of the evaluator "right queue" changed: /],
  [/^evaluators\.0\.(\w+)$/, '^the $1 of the evaluator "right queue" changed: '],
  [/^evaluators\.1\.uses$/, /^the check of the evaluator "short" changed: /],
  [/^evaluators\.1\.with\.(\w+)$/, '^the parameter "$1" of the evaluator "short" changed: '],
  [/^evaluators\.2\.llm\.modelId$/, /^the judge model of the evaluator "kind" changed: /],
  [
    /^evaluators\.2\.llm\.prompt$/,
    /^the wording of the judge prompt of the evaluator "kind" changed$/,
  ],
  [
    /^evaluators\.2\.llm\.systemPrompt$/,
    /^the wording of the system prompt of the judge of the evaluator "kind" changed$/,
  ],
  [
    /^evaluators\.2\.llm\.choices\.\d\.choice$/,
    /^the list of choices of the evaluator "kind" changed: /,
  ],
  [
    /^evaluators\.2\.llm\.choices\.0\.score$/,
    /^the score of the choice "yes" of the evaluator "kind" changed: /,
  ],
  [
    /^evaluators\.2\.llm\.choices\.1\.score$/,
    /^the score of the choice "no" of the evaluator "kind" changed: /,
  ],
  [/^evaluators\.3\.uses$/, /^the check of the evaluator "no apology" changed: /],
  [/^evaluators\.3\.with$/, /^the value of the evaluator "no apology" changed: "sorry" → /],
  [/^derivedMetrics\.double$/, /^the derived metric "double" changed: /],
  [/^(tags|authors|candidates|testFiles)\.0$/, '^`$1` changed: \\['],
  [/^variants\.names\.0\.\d$/, /^`variants\.names` changed: /],
  [/^(name|description|id)$/, '^`$1` changed: ".+" → '],
  [/^((?:metadata|acceptance|budget)\..+)$/, '^`$1` changed: .+ → '],
];

/** Values that a field needs instead of any other. */
const OTHERS: Readonly<Record<string, Tree>> = {
  model: 'openai/gpt-4o-mini',
  responseFormat: 'text',
  jsonSchema: RICH.jsonSchema.replace('"string"', '"number"'),
  'variables.ticket.type': 'number',
  'variables.ticket.trust': 'user',
  'variables.tone.trust': 'user',
  'evaluators.0.transform': 'lower',
  'evaluators.1.uses': 'promptsmith/not-length',
  'evaluators.1.with.unit': 'characters',
  'evaluators.3.uses': 'promptsmith/contains',
  'testData.0.$case.evaluators.0.uses': 'promptsmith/not-contains',
  'derivedMetrics.double': '3 * accuracy',
};

const ROLES: Readonly<Record<string, string>> = {
  system: 'user',
  user: 'system',
  assistant: 'user',
};

function listLeaves(tree: Tree, path: Path = []): { readonly path: Path; readonly value: Tree }[] {
  if (typeof tree !== 'object') return [{ path, value: tree }];
  const entries: (readonly [string | number, Tree])[] = Array.isArray(tree)
    ? tree.map((item, i) => [i, item])
    : Object.entries(tree);
  return entries.flatMap(([key, value]) => listLeaves(value, [...path, key]));
}

function edit(path: Path, value: Tree): Tree {
  const name = path.join('.');
  const other = OTHERS[name];
  if (other !== undefined) return other;
  if (name.endsWith('.role')) return ROLES[String(value)] ?? 'user';
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number')
    return value === 1500 ? 1400 : Number.isInteger(value) ? value + 1 : 0.75;
  return /content|rompt$/.test(name) ? `${value} Entirely different text` : `${value} differently`;
}

function setLeaf(tree: Tree, [key, ...rest]: Path, value: Tree): Tree {
  if (key === undefined) return value;
  if (Array.isArray(tree))
    return tree.map((item, i) => (i === key ? setLeaf(item, rest, value) : item));
  const map = tree as { readonly [key: string]: Tree };
  return { ...map, [key]: setLeaf(map[key] as Tree, rest, value) };
}

const read = (tree: Tree) => {
  const document = parsePrompt(stringify(tree));
  return { document, rows: document.rows };
};

for (const { path, value } of listLeaves(RICH)) {
  const name = path.join('.');
  test(`an edit of ${name} is reported as that field, and as nothing else`, () => {
    const other = edit(path, value);
    const edited = setLeaf(RICH, path, other);
    const [base, changed] = [read(RICH), read(edited)];
    assert.deepEqual(base.document.problems, []);
    for (const [before, after] of [
      [base, changed],
      [changed, base],
    ] as const) {
      const changes = comparePrompts(before, after);
      const found = changes.map(({ text }) => text);
      assert.equal(found.length, 1, JSON.stringify(found));
      if (before === changed) continue;
      const [pattern, expected] = EXPECTED.find(([one]) => one.test(name)) ?? [];
      assert.ok(pattern && expected, `no expectation for ${name}`);
      const [match = ''] = pattern.exec(name) ?? [];
      const text = typeof expected === 'string' ? match.replace(pattern, expected) : expected;
      assert.match(found[0] ?? '', new RegExp(text));
      assert.deepEqual(comparePrompts(after, after), []);
    }
  });
}
