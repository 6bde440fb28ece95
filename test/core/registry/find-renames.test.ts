import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { findRenames } from '#core/registry/find-renames.ts';

const read = (text: string) => {
  const document = parsePrompt(text);
  assert.deepEqual(document.problems, []);
  return { document, rows: document.rows };
};

const user = (...texts: readonly string[]) =>
  read(`messages: ${JSON.stringify(texts.map((content) => ({ role: 'user', content })))}`);

const BASE = `variables:
  - { name: plan, required: false, description: What the customer pays for }
  - { name: ticket, required: true }
messages:
  - { role: system, content: "Customers of the {{plan}} plan come first." }
  - { role: user, content: "Plan: {{plan}}\\nTicket: {{ticket}}" }
testData:
  - { plan: free, ticket: Where is my parcel?, expected: shipping }
  - { plan: team, ticket: The app crashes, expected: technical, $case: { evaluators: [{ name: own, string: { contains: "{{plan}}" } }] } }
evaluators:
  - { name: plan, uses: promptsmith/contains, with: { value: "{{plan}}" } }
  - { name: kind, llm: { modelId: openai/gpt-4o, prompt: "{{plan}} {{completion}}", choices: [{ choice: "yes", score: 1 }] } }
`;

/** BASE with another name for the variable, everywhere or in the messages only. */
const rename = (name: string) =>
  BASE.replaceAll('{{plan}}', `{{${name}}}`)
    .replaceAll('plan: ', `${name}: `)
    .replace('name: plan, req', `name: ${name}, req`);

test('a variable with another name everywhere is one change, major even when it is optional', () => {
  const changes = comparePrompts(read(BASE), read(rename('tier')));
  assert.deepEqual(changes, [
    { part: 'variables', bump: 'major', text: 'the variable "plan" was renamed to "tier"' },
  ]);
});

test('what else changes is reported beside the rename, with the words as they were', () => {
  const after = rename('tier').replace('come first', 'come last').replace('pays for', 'has');
  const changes = comparePrompts(read(BASE), read(after));
  assert.deepEqual(
    changes.map(({ bump, text }) => `${bump}: ${text}`),
    [
      'major: the variable "plan" was renamed to "tier"',
      'minor: the wording of the system message (1) changed',
      'patch: the description of the variable "tier" changed: "What the customer pays for" → "What the customer has"',
    ],
  );
  assert.deepEqual(changes[1]?.wording, {
    name: 'the system message (1)',
    before: 'Customers of the {{plan}} plan come first.',
    after: 'Customers of the {{tier}} plan come last.',
  });
});

test('renames are found by place: one by one, side by side, in messages that are placeholders only', () => {
  const table: [before: string[], after: string[], renames: Record<string, string>][] = [
    [['Sort {{a}} now'], ['Sort {{b}} now'], { a: 'b' }],
    [['From {{a}} to {{b}} now'], ['From {{c}} to {{d}} now'], { a: 'c', b: 'd' }],
    [['Compare {{a}} {{b}} well'], ['Compare {{c}} {{d}} well'], { a: 'c', b: 'd' }],
    [['{{a}}'], ['{{b}}'], { a: 'b' }],
    [['First.', 'Plan: {{a}} ok', '{{a}}'], ['First.', 'Tier: {{b}} ok', '{{b}}'], { a: 'b' }],
    [['Sort {{a}} now'], ['Be kind.', 'Sort {{b}} now'], { a: 'b' }],
  ];
  for (const [before, after, renames] of table) {
    const found = findRenames(user(...before).document, user(...after).document);
    assert.deepEqual(Object.fromEntries(found), renames, before.join());
  }
});

test('no rename: another place, another message, two names for one, a text that was rewritten', () => {
  const table: [before: string[], after: string[]][] = [
    [['Sort {{a}} by date'], ['Sort by date {{b}}']],
    [['Sort {{a}} now'], ['Sort {{b}} or {{c}} now']],
    [
      ['Sort {{a}} now', 'Read {{a}} then'],
      ['Sort {{b}} now', 'Read {{c}} then'],
    ],
    [
      ['Sort {{a}} now', 'Read it then'],
      ['Sort it now', 'Read {{b}} then'],
    ],
    [['Sort {{a}} now'], ['Sort {{b}} now', 'and {{b}} again']],
    [['Summarize {{a}}'], ['Translate {{b}}']],
    [['Sort {{a}} and {{b}} now'], ['Sort {{b}} and {{a}} now']],
  ];
  for (const [before, after] of table)
    assert.equal(
      findRenames(user(...before).document, user(...after).document).size,
      0,
      before.join(),
    );
});

test('a variable that is declared but not used is not known to be renamed', () => {
  const unused = (name: string) =>
    read(`variables: [{ name: ${name} }]\nmessages: [{ role: user, content: Hello }]`);
  assert.equal(findRenames(unused('a').document, unused('b').document).size, 0);
});
