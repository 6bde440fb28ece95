import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitSystemMessages } from '#core/eval/plan/split-system-messages.ts';

const ROLES = { s: 'system', u: 'user', a: 'assistant' } as const;

/** `u:Hi` is a message of the user; messages are separated by `|`. */
function parse(text: string) {
  return text.split('|').map((part) => {
    const [role, content = ''] = part.split(':');
    return { role: ROLES[role as keyof typeof ROLES], content };
  });
}

function split(text: string, model = 'claude-sonnet-4-5') {
  const { system, messages, changes } = splitSystemMessages(model, parse(text));
  const turns = messages.map(({ role, content }) => `${role[0]}:${content}`).join('|');
  return [system, turns, changes.map(({ key }) => key).join()];
}

test('system messages before the conversation are one text', () => {
  assert.deepEqual(split('s:A|s:B|u:Hi|a:Yes|u:Go'), ['A\n\nB', 'u:Hi|a:Yes|u:Go', '']);
  assert.deepEqual(split('u:Hi|u:Go'), [undefined, 'u:Hi|u:Go', '']);
  assert.deepEqual(split('s:|u:Hi'), [undefined, 'u:Hi', '']);
});

test('a later one is moved to the others, unless the model takes it where it is', () => {
  assert.deepEqual(split('s:A|u:Hi|s:B|a:Yes|u:Go'), ['A\n\nB', 'u:Hi|a:Yes|u:Go', 'role']);
  for (const model of ['claude-opus-4-8', 'claude-opus-5', 'anthropic/claude-haiku-5.5']) {
    assert.deepEqual(split('s:A|u:Hi|s:B|a:Yes|u:Go', model), ['A', 'u:Hi|s:B|a:Yes|u:Go', '']);
    assert.deepEqual(split('u:Hi|s:B', model), [undefined, 'u:Hi|s:B', '']);
    // After an answer, before a message of the user and after another one it is not taken.
    assert.deepEqual(split('u:Hi|a:Yes|s:B|u:Go', model), ['B', 'u:Hi|a:Yes|u:Go', 'role']);
    assert.deepEqual(split('u:Hi|s:B|u:Go', model), ['B', 'u:Hi|u:Go', 'role']);
  }
  for (const model of ['claude-opus-4-7', 'claude-opus-6', 'opus-5'])
    assert.deepEqual(split('u:Hi|s:B', model), ['B', 'u:Hi', 'role']);
});

test('system text alone becomes the message of the user', () => {
  assert.deepEqual(split('s:A|s:B'), [undefined, 'u:A\n\nB', 'role']);
});

test('an answer that is begun loses the white space at its end, and nothing else does', () => {
  assert.deepEqual(split('u:Hi \n|a:{ \n'), [undefined, 'u:Hi \n|a:{', 'messages']);
  assert.deepEqual(split('u:Hi|a:Yes \n|u:Go '), [undefined, 'u:Hi|a:Yes \n|u:Go ', '']);
});
