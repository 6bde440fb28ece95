import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { MonthLimit } from '#app/eval/month-limits.ts';
import { findMonthProblem, SpendingBooking } from '#app/eval/spending-booking.ts';
import { readSettings } from '#core/settings.ts';
import { SpendingLedger } from '#io/spending-ledger.ts';
import { folderWith } from '#test/support/cli.ts';

const user: MonthLimit = { usd: 10, scope: 'user', origin: 'editor', source: 'a setting' };

async function recordIn(t: TestContext, limits: readonly MonthLimit[] = [user]) {
  return { ledger: new SpendingLedger(join(await folderWith(t, {}), 'state')), limits };
}

const projectOf = (root: string, month?: number) => ({
  root,
  settings: readSettings(month === undefined ? {} : { budget: { month } }).settings,
});

test('what was spent replaces what was set aside', async (t) => {
  const record = await recordIn(t);
  const project = projectOf('/a', 5);
  const booking = await SpendingBooking.open(record, project, 'eval', 3);
  assert.equal(booking.rest, 5);
  assert.equal((await findMonthProblem(record, project, 2.5))?.spent, 3);
  booking.add(0.5);
  assert.equal(booking.rest, 4.5);
  booking.addRun({ spent: 1, isWhole: true });
  await booking.close();
  assert.equal(await findMonthProblem(record, project, 2.5), null);
  assert.equal((await findMonthProblem(record, project, 3.6))?.spent, 1.5);
});

test('a call of unknown cost leaves what was set aside', async (t) => {
  const record = await recordIn(t);
  const booking = await SpendingBooking.open(record, projectOf('/a'), 'playground', 3);
  booking.add(1);
  booking.add(null);
  await booking.close();
  const unknown = await SpendingBooking.open(record, projectOf('/a'), 'eval', 2);
  unknown.addRun({ spent: 0.5, isWhole: false });
  await unknown.close();
  const { user: spent } = await record.ledger.sumMonth('/a', new Date());
  assert.equal(spent, 3 + 2);
});

test('bookings at once never exceed the month together, and a refused one frees its money', async (t) => {
  const record = await recordIn(t);
  const open = (root: string) => SpendingBooking.open(record, projectOf(root), 'eval', 4);
  const results = await Promise.allSettled(['/a', '/b', '/c', '/d', '/e'].map(open));
  const opened = results.filter(({ status }) => status === 'fulfilled');
  assert.ok(opened.length <= 2, `${opened.length} of 5`);
  for (const result of results) if (result.status === 'fulfilled') await result.value.close();
  await open('/f');
  await open('/g');
  await assert.rejects(open('/h'), /^UserError: the run would cost ≈ \$4\.00, and \$8\.00 of/);
});

test('where nothing can be recorded a limit refuses; without one nothing is lost', async (t) => {
  const folder = await folderWith(t, {});
  await writeFile(join(folder, 'file'), '');
  const ledger = new SpendingLedger(join(folder, 'file', 'state'));
  const open = (limits: readonly MonthLimit[]) =>
    SpendingBooking.open({ ledger, limits }, projectOf('/a'), 'eval', 1);
  await assert.rejects(open([user]), /cannot be recorded, and a setting needs it: ENOTDIR/);
  const booking = await open([]);
  assert.equal(booking.rest, null);
  await booking.close();
});
