import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memento } from 'vscode';
import { BilledTokens } from '#client/playground/billed-tokens.ts';

function memory(): Memento {
  const values = new Map<string, unknown>();
  return {
    get: (name: string, fallback: unknown) => values.get(name) ?? fallback,
    update: async (name: string, value: unknown) => void values.set(name, value),
  } as unknown as Memento;
}

test('the median of the relative errors of a model, and of how many calls', async () => {
  const billed = new BilledTokens(memory());
  assert.equal(billed.median('acme/chat'), null);
  for (const tokens of [100, 110, 200]) await billed.add('acme/chat', 100, tokens);
  await billed.add('other', 100, 50);
  assert.equal(billed.median('acme/chat')?.calls, 3);
  assert.ok(Math.abs((billed.median('acme/chat')?.error ?? 0) - 0.1) < 1e-9);
  await billed.add('acme/chat', 100, 120);
  assert.ok(Math.abs((billed.median('acme/chat')?.error ?? 0) - 0.15) < 1e-9);
});

test('a call without a prediction says nothing; old calls and models are forgotten', async () => {
  const billed = new BilledTokens(memory());
  await billed.add('acme/chat', 0, 50);
  assert.equal(billed.median('acme/chat'), null);
  for (let i = 0; i < 60; i++) await billed.add('acme/chat', 100, i < 10 ? 1000 : 100);
  assert.deepEqual(billed.median('acme/chat'), { error: 0, calls: 50 });
  for (let i = 0; i < 100; i++) await billed.add(`m${i}`, 100, 100);
  assert.equal(billed.median('acme/chat'), null);
  assert.equal(billed.median('m99')?.calls, 1);
});
