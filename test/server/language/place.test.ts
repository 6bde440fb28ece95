import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { LineMap } from '#core/text.ts';
import { findPlace } from '#server/language/place.ts';
import { readMarked } from '#test/support/caret.ts';

/** marked text → kind, path, prefix, replaced text, siblings */
const cases: [string, string, string, string, string, string[]][] = [
  ['$0', 'open', '', '', '', []],
  ['na$0', 'open', '', 'na', 'na', []],
  ['name: x\nmo$0del: y\nid: z\n', 'key', '', 'mo', 'model', ['name', 'id']],
  ['model: gpt$0-4 # why\n', 'value', 'model', 'gpt', 'gpt-4', ['model']],
  ['model:$0', 'value', 'model', '', '', ['model']],
  ['model: $0\nname: x\n', 'value', 'model', '', '', ['model', 'name']],
  ['model:\n  gp$0', 'open', 'model', 'gp', 'gp', []],
  ['messages:\n  - ro$0', 'open', 'messages.0', 'ro', 'ro', []],
  ['messages:\n  - role: us$0er\n', 'value', 'messages.0.role', 'us', 'user', ['role']],
  ['messages:\n- role: user\n  content: a\n- $0', 'open', 'messages.1', '', '', []],
  ['messages:\n  - role: user\n    $0\n', 'open', 'messages.0', '', '', ['role']],
  ['messages:\n  - role: user\n    co$0\n', 'open', 'messages.0', 'co', 'co', ['role']],
  ['messages:\n  - role: user\n  $0', 'item', 'messages', '', '', []],
  ['messages:\n  - role: user\n$0', 'open', '', '', '', ['messages']],
  [
    'messages:\n  - role: system\n    content: |\n      You: are $0x\n',
    'text',
    'messages.0.content',
    '',
    'x',
    [],
  ],
  [
    'messages:\n  - role: system\n    content: |\n      - a: b\n      - {{na$0\n',
    'text',
    'messages.0.content',
    'na',
    'na',
    [],
  ],
  ['messages:\n  - content: |-\n      a\n\n      $0\n', 'text', 'messages.0.content', '', '', []],
  [
    'messages:\n  - content: >-\n      a\n    ro$0\n',
    'open',
    'messages.0',
    'ro',
    'ro',
    ['content'],
  ],
  [
    'messages:\n  - content: "Hi {{na$0}} you"\n',
    'value',
    'messages.0.content',
    'Hi {{na',
    'Hi {{na}} you',
    ['content'],
  ],
  [
    'messages:\n  - content: "Hi\n      {{na$0"\n',
    'value',
    'messages.0.content',
    'Hi\n      {{na',
    'Hi\n      {{na',
    [],
  ],
  ['messages: [{ role: us$0 }]\n', 'value', 'messages.0.role', 'us', 'us', ['role']],
  ['messages: [{ role: user, co$0 }]\n', 'open', 'messages.0', 'co', 'co', ['role']],
  ['messages: [{ ro$0le: user }]\n', 'key', 'messages.0', 'ro', 'role', []],
  ['modelParameters: { $0', 'open', 'modelParameters', '', '', []],
  ['tags: [a, $0b]\n', 'value', 'tags.1', '', 'b', []],
  [
    'modelParameters: {\n  temperature: 0,\n  se$0\n}\n',
    'open',
    'modelParameters',
    'se',
    'se',
    ['temperature'],
  ],
  ['candidates:\n  - openai/$0\n', 'open', 'candidates.0', 'openai/', 'openai/', []],
  ['testData:\n  - question: a\n    $case: { na$0 }\n', 'open', 'testData.0.$case', 'na', 'na', []],
  [
    'testData:\n  - question: a\n    $case:\n      na$0\n',
    'open',
    'testData.0.$case',
    'na',
    'na',
    [],
  ],
  [
    'evaluators:\n  - name: a\n    uses: promptsmith/re$0\n',
    'value',
    'evaluators.0.uses',
    'promptsmith/re',
    'promptsmith/re',
    ['uses', 'name'],
  ],
  [
    'evaluators:\n  - name: a\n    uses: x\n    with:\n      $0\n',
    'open',
    'evaluators.0.with',
    '',
    '',
    [],
  ],
  ['# prom$0\nname: x\n', 'comment', '', 'prom', 'prom', []],
  ['name: x # prom$0\n', 'comment', '', 'prom', 'prom', []],
  ['name: "a # $0b"\n', 'value', 'name', 'a # ', 'a # b', ['name']],
  ['"na$0me": x\n', 'key', '', '"na', '"name"', []],
  ['variables:\n  a:\n    type: string\n  b:\n    tr$0\n', 'open', 'variables.b', 'tr', 'tr', []],
];

for (const [marked, kind, path, prefix, replaced, siblings] of cases) {
  test(`place: ${JSON.stringify(marked)}`, () => {
    const { text, cursor } = readMarked(marked.replace('$case', '§case'));
    const source = text.replace('§case', '$case');
    const place = findPlace(parsePrompt(source), new LineMap(source), cursor ?? -1);
    assert.deepEqual(
      [
        place.kind,
        place.path.join('.'),
        place.prefix,
        source.slice(place.replace.start, place.replace.end),
        place.siblings,
      ],
      [kind, path, prefix, replaced, siblings],
    );
  });
}
