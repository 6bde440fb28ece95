import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '#core/eval/compare/compare.ts';
import type { RunResults } from '#core/eval/compare/comparison.ts';
import { listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { EarlyStop } from '#core/eval/compare/early-stop.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import { headerOf, modelOf, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, rows, start } from '../../../support/runs.ts';

const CHECKS = '- { uses: promptsmith/contains, with: "{{input}}" }';

/** Runs a plan with a model that answers right where `isGood` says so. */
async function results(made: Plan, isGood: (id: string) => boolean, id: string, stop?: EarlyStop) {
  let calls = 0;
  const model = modelOf((request) => {
    calls++;
    const text = request.messages.at(-1)?.content ?? '';
    return end(isGood(request.why.case) ? text : 'no');
  });
  const report = new Report();
  for await (const event of start(made, portsOf(model), {
    concurrency: 3,
    ...(stop ? { stop } : {}),
  }))
    report.add(event);
  const summary = report.summary();
  assert.ok(summary);
  const run: RunResults = {
    run: headerOf(made, { id }),
    cases: report.cases(made.cases),
  };
  return { run, summary, calls };
}

const BASE = '20261121T093000Z-000001';
const NEW = '20261121T093000Z-000002';

test('a run that is worse beyond doubt stops, says what that saved, and is a regression', async () => {
  for (const repeat of [1, 3]) {
    const made = planOf(promptText(CHECKS, rows(60)), { repeat, seed: 3 });
    const base = await results(made, () => true, BASE);
    const stop = new EarlyStop(made, base.run);
    const { run, summary, calls } = await results(made, () => false, NEW, stop);
    assert.equal(summary.end, 'done');
    assert.ok(calls < 30 * repeat, `${calls} calls`);
    assert.ok(stop.p < 0.01);
    assert.equal(summary.early?.calls, 60 * repeat - calls);
    assert.ok((summary.early?.cost ?? 0) > 0);
    const compared = compareRuns(base.run, run, { looked: { p: stop.p, stopped: true } });
    assert.ok(!('error' in compared));
    const [comparison] = compared;
    assert.ok(comparison);
    assert.equal(comparison.verdict, 'regression');
    assert.ok(comparison.p <= 0.05);
    assert.match(listVerdictNotes(comparison).join('\n'), /stopped after \d+ of 60 cases/);
    // A case that was asked at the same time has no answer: what the test saw before still stands.
    const asked = new Set(run.cases.map(({ id }) => id));
    const other = base.run.cases.find(({ id }) => !asked.has(id));
    assert.ok(other);
    const lost = { ...other, outcome: 'errored', passed: 0, repeats: 0, missing: repeat } as const;
    const spoilt = { ...run, cases: [...run.cases, lost] };
    const again = compareRuns(base.run, spoilt, { looked: { p: stop.p, stopped: true } });
    assert.ok(!('error' in again));
    assert.equal(again[0]?.verdict, 'regression');
    assert.equal(again[0].regression, true);
  }
});

test('an unchanged prompt is run to its end', async () => {
  const made = planOf(promptText(CHECKS, rows(60)));
  const isGood = (id: string) => !/[37]$/.test(id);
  const base = await results(made, isGood, BASE);
  const stop = new EarlyStop(made, base.run);
  const { summary, calls, run } = await results(made, isGood, NEW, stop);
  assert.equal(calls, 60);
  assert.equal(summary.early, undefined);
  const compared = compareRuns(base.run, run, { looked: { p: stop.p, stopped: false } });
  assert.ok(!('error' in compared));
  assert.equal(compared[0]?.p, 1);
});

test('the order is drawn, the same for the same seed; groups and repeats stay together', () => {
  const grouped = Array.from(
    { length: 20 },
    (_, i) => `- { input: w${i}, $case: { name: c${i}, group: g${i % 5} } }`,
  ).join('\n');
  const order = (seed: number) => {
    const made = planOf(promptText(CHECKS, grouped), { seed, repeat: 2 });
    const cases = made.cases.map(({ id }) => ({ id, passed: 1, repeats: 1 }));
    const base = { run: headerOf(made), cases: cases.slice(0, 15) } as unknown as RunResults;
    return [...new EarlyStop(made, base).jobs()].map(({ id }) => id);
  };
  assert.deepEqual(order(1), order(1));
  assert.notDeepEqual(order(1), order(2));
  const jobs = order(1);
  assert.equal(new Set(jobs).size, 40);
  for (let i = 0; i < 40; i += 2)
    assert.equal(jobs[i]?.replace(/\d$/, ''), jobs[i + 1]?.replace(/\d$/, ''));
  const groups = jobs.slice(0, 30).map((id) => Number(/c(\d+)/.exec(id)?.[1]) % 5);
  // Three cases of each group are known to the baseline; what it does not know comes last.
  for (let i = 0; i < 30; i += 6) assert.equal(new Set(groups.slice(i, i + 6)).size, 1);
  assert.deepEqual(
    jobs
      .slice(30)
      .map((id) => Number(/c(\d+)/.exec(id)?.[1]))
      .sort((a, b) => a - b),
    [15, 15, 16, 16, 17, 17, 18, 18, 19, 19],
  );
});
