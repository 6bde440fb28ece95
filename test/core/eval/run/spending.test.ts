import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Spending } from '#core/eval/run/spending.ts';
import { RunStopped } from '#core/eval/run-stopped.ts';

// Whole numbers, as of millionths of a dollar.
const isOverBudget = (error: unknown) => error instanceof RunStopped && error.reason === 'budget';

/** A reservation that waits: what has become of it can be looked at. */
function waiting(spending: Spending, estimate: () => number) {
  const state = { isGranted: false };
  const promise = spending.reserve(estimate).then((reservation) => {
    state.isGranted = true;
    return reservation;
  });
  return { state, promise };
}

test('calls under way count with what they may cost', async () => {
  const spending = new Spending(120);
  const first = await spending.reserve(() => 109);
  const second = waiting(spending, () => 109);
  await turn();
  assert.equal(second.state.isGranted, false);
  spending.settle(first, 11);
  assert.deepEqual(await second.promise, { amount: 109 });
});

test('a call that could cross the limit is refused, one that just reaches it is not', async () => {
  const spending = new Spending(100);
  spending.settle(await spending.reserve(() => 60), 60);
  spending.settle(await spending.reserve(() => 40), 10);
  await assert.rejects(
    spending.reserve(() => 31),
    isOverBudget,
  );
});

test('a call of unknown cost counts as what it reserved', async () => {
  const spending = new Spending(100);
  spending.settle(await spending.reserve(() => 60), null);
  await assert.rejects(
    spending.reserve(() => 41),
    isOverBudget,
  );
});

test('a charge of the provider counts where it is more than our figure or the reservation', async () => {
  for (const [cost, charged, spent] of [
    [10, 70, 70],
    [70, 10, 70],
    [null, 70, 70],
    [null, 10, 60],
    [0, 70, 70],
  ] as const) {
    const spending = new Spending(100);
    spending.settle(await spending.reserve(() => 60), cost, charged);
    assert.deepEqual(await spending.reserve(() => 100 - spent), { amount: 100 - spent });
    const another = new Spending(100);
    another.settle(await another.reserve(() => 60), cost, charged);
    await assert.rejects(
      another.reserve(() => 101 - spent),
      isOverBudget,
    );
  }
});

test('tells what all calls have cost, unknown ones as what they reserved', async () => {
  const spending = new Spending(1000);
  spending.settle(await spending.reserve(() => 60), 10);
  spending.settle(await spending.reserve(() => 60), null);
  assert.deepEqual([spending.spent, spending.isWhole], [70, true]);
  spending.settle(await spending.reserve(() => 0), null, 5);
  assert.deepEqual([spending.spent, spending.isWhole], [75, true]);
  spending.settle(await spending.reserve(() => 0), null);
  assert.deepEqual([spending.spent, spending.isWhole], [75, false]);

  const unlimited = new Spending(null);
  const reservation = await unlimited.reserve(() => assert.fail('nothing is estimated'));
  unlimited.settle(reservation, null);
  assert.deepEqual([unlimited.spent, unlimited.isWhole], [0, false]);
});

test('what a call reserved and did not cost is free again', async () => {
  const spending = new Spending(120);
  spending.settle(await spending.reserve(() => 100), 10);
  assert.deepEqual(await spending.reserve(() => 110), { amount: 110 });
});

test('a call that waits is estimated anew', async () => {
  const spending = new Spending(100);
  const first = await spending.reserve(() => 60);
  let guess = 60;
  const second = waiting(spending, () => guess);
  await turn();
  guess = 40;
  spending.settle(first, 60);
  assert.deepEqual(await second.promise, { amount: 40 });
});

test('once the budget is spent all that wait and all that come are refused', async () => {
  const spending = new Spending(100);
  const first = await spending.reserve(() => 60);
  const others = [waiting(spending, () => 60), waiting(spending, () => 60)];
  assert.equal(spending.exhausted, false);
  spending.settle(first, 60);
  for (const { promise } of others) await assert.rejects(promise, isOverBudget);
  assert.equal(spending.exhausted, true);
  await assert.rejects(
    spending.reserve(() => 0),
    isOverBudget,
  );
});

test('without a limit nothing is refused', async () => {
  const spending = new Spending(null);
  spending.settle(await spending.reserve(() => 1e9), 1e9);
  await spending.reserve(() => 1e9);
  assert.equal(spending.exhausted, false);
});
