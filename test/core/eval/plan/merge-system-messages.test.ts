import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeSystemMessages } from '#core/eval/plan/merge-system-messages.ts';

const said = (role: 'system' | 'user' | 'assistant', content: string) => ({ role, content });

test('system text stands first in the first user message', () => {
  const table: [before: object[], after: object[]][] = [
    [[said('user', 'Hi')], [said('user', 'Hi')]],
    [[said('system', 'Be kind.'), said('user', 'Hi')], [said('user', 'Be kind.\n\nHi')]],
    [[said('system', 'Be kind.')], [said('user', 'Be kind.')]],
    [
      [said('system', 'A'), said('assistant', 'Hello'), said('user', 'Hi'), said('system', 'B')],
      [said('user', 'A\n\nB'), said('assistant', 'Hello'), said('user', 'Hi')],
    ],
    [[], []],
  ];
  for (const [before, after] of table)
    assert.deepEqual(mergeSystemMessages(before as ReturnType<typeof said>[]), after);
});
