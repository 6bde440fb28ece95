import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  findExceededLimit,
  findRest,
  listMonthLimits,
  type MonthLimit,
  readUserLimits,
} from '#app/eval/month-limits.ts';
import { readSettings } from '#core/settings.ts';
import { folderWith } from '#test/support/cli.ts';

const user: MonthLimit = { usd: 10, scope: 'user', origin: 'user-file', source: 'the user' };
const limits = listMonthLimits(readSettings({ budget: { month: 3 } }).settings, [user]);

test('the limit of the project counts its own spending, the one of the user all; both hold', () => {
  assert.deepEqual(
    limits.map(({ usd, scope, origin }) => [usd, scope, origin]),
    [
      [3, 'project', 'project-file'],
      [10, 'user', 'user-file'],
    ],
  );
  assert.equal(findExceededLimit(limits, { project: 2, user: 9 }, 1), null);
  assert.equal(findExceededLimit(limits, { project: 2.1, user: 9 }, 1)?.limit.scope, 'project');
  assert.equal(findExceededLimit(limits, { project: 1, user: 9.5 }, 1)?.limit.scope, 'user');
  assert.equal(findExceededLimit([], { project: 1e9, user: 1e9 }, 1), null);
});

test('an unknown cost is refused where nothing is left, and what costs nothing never', () => {
  assert.equal(findExceededLimit(limits, { project: 2.9, user: 3 }, null), null);
  assert.equal(findExceededLimit(limits, { project: 3, user: 3 }, null)?.spent, 3);
  assert.equal(findExceededLimit(limits, { project: 99, user: 99 }, 0), null);
});

test('the tightest limit says what is left', () => {
  assert.equal(findRest(limits, { project: 1, user: 9.5 }), 0.5);
  assert.equal(findRest(limits, { project: 1, user: 2 }), 2);
  assert.equal(findRest(limits, { project: 5, user: 2 }), 0);
  assert.equal(findRest([], { project: 5, user: 2 }), null);
});

test('the user’s settings set a limit; one that cannot be read is an error, not no limit', async (t) => {
  const read = async (files: Record<string, string>) =>
    readUserLimits({ XDG_CONFIG_HOME: await folderWith(t, files) });
  const name = 'promptsmith/settings.yaml';
  assert.deepEqual(await read({}), []);
  assert.deepEqual(await read({ [name]: 'other: 1\n' }), []);
  const [limit] = await read({ [name]: 'budget: { month: 2.5 }\n' });
  assert.deepEqual([limit?.usd, limit?.scope], [2.5, 'user']);
  assert.ok(limit?.source.includes(join('promptsmith', 'settings.yaml')));
  for (const text of ['budget: { month: -1 }', 'budget: { month: ten }', 'budget: { month: }'])
    await assert.rejects(read({ [name]: text }), /`budget\.month` must be a number of 0 or more/);
  await assert.rejects(read({ [name]: 'budget: { month: 1' }), /settings\.yaml: /);
});

test('a month of the settings that is not a number of 0 or more is reported', () => {
  for (const month of [-1, 'ten', null]) {
    const { settings, complaints } = readSettings({ budget: { month } });
    assert.equal(settings.budget.month, undefined);
    assert.equal(complaints.length, 1);
  }
});
