import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeHeat, listParts } from '#client/webview/heat.ts';
import type { RenderedMessage } from '#core/protocol.ts';

const span = { start: 0, end: 1 };

function message(...parts: readonly (readonly [string | null, number | null])[]): RenderedMessage {
  const spans = parts.map(([name, tokens]) => ({ name, tokens, span }));
  return { role: 'user', content: '', tokens: null, missing: [], spans };
}

test('the parts of a prompt come largest first, each variable of a message once', () => {
  const parts = listParts([
    message([null, 4], ['ticket', 50], [null, 2], ['ticket', 20]),
    message(['ticket', 14], ['empty', 0], [null, 10]),
  ]);
  assert.deepEqual(parts, [
    { message: 0, name: 'ticket', tokens: 70, share: 0.7 },
    { message: 1, name: 'ticket', tokens: 14, share: 0.14 },
    { message: 1, name: null, tokens: 10, share: 0.1 },
    { message: 0, name: null, tokens: 6, share: 0.06 },
  ]);
});

test('there are no parts while tokens are being counted', () => {
  assert.deepEqual(listParts([message([null, null], ['ticket', null])]), []);
});

test('half of everything and more is hottest, and what takes anything is warm', () => {
  assert.deepEqual([0, 0.001, 0.1, 0.11, 0.5, 1].map(computeHeat), [0, 1, 1, 2, 5, 5]);
});
