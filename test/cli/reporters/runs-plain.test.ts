import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoment, startOfMonth } from '#cli/reporters/format-moment.ts';
import { describeMonth, describeSources, fitColumns } from '#cli/reporters/runs-plain.ts';

test('a time is local, with the year only where it is another one', () => {
  const now = new Date(2026, 10, 30);
  const at = (...parts: [number, number, number, number, number]) =>
    formatMoment(new Date(...parts).toISOString(), now);
  assert.equal(at(2026, 10, 28, 3, 52), '28 Nov 03:52');
  assert.equal(at(2026, 0, 1, 0, 0), '1 Jan 00:00');
  assert.equal(at(2025, 11, 31, 23, 59), '31 Dec 2025 23:59');
  assert.equal(formatMoment('yesterday', now), 'yesterday');
  assert.equal(startOfMonth(now), new Date(2026, 10, 1).toISOString());
});

test('a narrow terminal does without the least important columns', () => {
  const columns = [
    { title: 'RUN', rank: 0, cells: ['123456'] },
    { title: 'A', rank: 2, cells: ['中中'] },
    { title: 'LONG', rank: 1, cells: ['x'] },
  ];
  const fit = (width: number) => fitColumns(columns, width).map(({ title }) => title);
  assert.deepEqual(fit(18), ['RUN', 'A', 'LONG']);
  assert.deepEqual(fit(17), ['RUN', 'LONG']);
  assert.deepEqual(fit(11), ['RUN']);
  assert.deepEqual(fit(1), ['RUN'], 'what identifies a run stays');
});

test('where answers are from is told by the weakest kind', () => {
  const of = (more: object) =>
    describeSources({
      ...{ model: 0, cache: 0, recording: 0, sample: 0, oldest: null, undated: 0 },
      ...more,
    });
  assert.deepEqual(
    [of({}), of({ model: 3 }), of({ cache: 2 }), of({ model: 3, cache: 2 })],
    ['–', 'model', 'cache', 'cache 40 %'],
  );
  assert.deepEqual(
    [of({ recording: 2 }), of({ recording: 1, sample: 1 }), of({ sample: 4 })],
    ['recorded', 'samples 50 %', 'samples'],
  );
});

test('the cost of the month is never $0 when some of it is unknown', () => {
  assert.equal(
    describeMonth({ runs: 14, cost: 0.42, unknown: 2 }),
    'This month: 14 runs, $0.42 (2 of unknown cost)',
  );
  assert.equal(describeMonth({ runs: 1, cost: 0, unknown: 0 }), 'This month: 1 run, $0');
  assert.equal(
    describeMonth({ runs: 2, cost: 0, unknown: 1 }),
    'This month: 2 runs, cost unknown (1 of unknown cost)',
  );
});
