import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeDifferences,
  findDifferences,
  isUnchanged,
} from '#core/eval/compare/differences.ts';
import type { Connection } from '#core/eval/model.ts';
import { headerOf, planOf } from '../../../support/evals.ts';
import { PROMPT } from '../../../support/runs.ts';

const CHAT: Connection = { api: 'chat', address: 'https://lab.example/v1' };
const made = (connection?: Connection, origins = ['https://lab.example']) => ({
  ...headerOf(planOf(PROMPT), { origins }),
  ...(connection ? { connection } : {}),
});
const described = (from: ReturnType<typeof made>, to: ReturnType<typeof made>) =>
  describeDifferences(findDifferences(from, to));

test('another way to call the same model is a difference of the user’s', () => {
  assert.equal(
    described(made(CHAT), made({ ...CHAT, api: 'responses' })),
    'how it is called (the Responses API at https://lab.example/v1, was Chat Completions at https://lab.example/v1)',
  );
  const query = { ...CHAT, address: 'https://lab.example/v1?api-version=2' };
  assert.match(described(made(CHAT), made(query)), /api-version=2/);
  const [two, three] = [2, 3].map((top_k) => made({ ...CHAT, body: { top_k } }));
  assert.ok(two && three);
  assert.equal(described(two, three), 'how it is called', 'values are not shown');
  assert.equal(isUnchanged(findDifferences(two, three)), false);
});

test('the same way, another origin alone, and an unknown way are none', () => {
  assert.equal(described(made(CHAT), made({ ...CHAT })), '');
  assert.equal(described(made(), made(CHAT)), '');
  const moved = made({ ...CHAT, address: 'https://two.example/v1' }, ['https://two.example']);
  assert.equal(
    described(made(CHAT), moved),
    'the provider (https://two.example, was https://lab.example)',
  );
});
