import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { compareMessages } from '#core/registry/compare-messages.ts';

type Turn = readonly [role: string, content: string];

const read = (turns: readonly Turn[]) =>
  parsePrompt(JSON.stringify({ messages: turns.map(([role, content]) => ({ role, content })) }));

/** The changes, each with what it replaces by what. */
const compare = (before: readonly Turn[], after: readonly Turn[]) =>
  compareMessages(read(before), read(after)).map(({ bump, text, wording }) => [
    `${bump}: ${text}`,
    ...(wording ? [wording.before, wording.after] : []),
  ]);

const SYSTEM: Turn = ['system', 'You sort tickets.'];
const ASK: Turn = ['user', 'Sort {{ticket}} now.'];
const EXAMPLE: readonly Turn[] = [
  ['user', 'My card was charged twice.'],
  ['assistant', 'billing'],
];

test('messages that were added or removed come with their text, examples with both messages', () => {
  assert.deepEqual(compare([SYSTEM, ASK], [SYSTEM, ...EXAMPLE, ASK]), [
    [
      'minor: an example was added: “My card was charged twice.”',
      '',
      'user: My card was charged twice.\nassistant: billing',
    ],
  ]);
  assert.deepEqual(compare([SYSTEM, ASK], [ASK]), [
    ['major: the system message (1) was removed', 'You sort tickets.', ''],
  ]);
});

test('an example that replaces another at another place is one removal and one addition', () => {
  const other: readonly Turn[] = [
    ['user', 'The app crashes.'],
    ['assistant', 'technical'],
  ];
  const third: readonly Turn[] = [
    ['user', 'Where is my parcel?'],
    ['assistant', 'shipping'],
  ];
  const changes = compare([SYSTEM, ...EXAMPLE, ...other, ASK], [SYSTEM, ...other, ...third, ASK]);
  assert.deepEqual(
    changes.map(([text]) => text),
    [
      'minor: an example was removed: “My card was charged twice.”',
      'minor: an example was added: “Where is my parcel?”',
    ],
  );
});

test('a message with another role and another text has both changes', () => {
  assert.deepEqual(compare([SYSTEM, ASK], [['user', 'Rewritten from scratch.'], ASK]), [
    ['major: the role of message 1 changed: system → user'],
    [
      'minor: the wording of the user message (1) changed',
      'You sort tickets.',
      'Rewritten from scratch.',
    ],
  ]);
});
