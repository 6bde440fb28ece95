import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '#core/eval/report/report.ts';
import { estimateRun } from '#core/eval/run/estimate-run.ts';
import type { Outcome, RunEvent } from '#core/eval/run-event.ts';
import { answerOf, headerOf, planOf, portsOf, promptText, TARGET } from '../../../support/evals.ts';

const AT = '2026-11-21T09:30:10.000Z';

/** Events of a run: for each case its outcomes, one letter a repeat: p, f, e, s, n. */
function eventsOf(
  cases: Record<string, string>,
  more: { latency?: number[]; cached?: boolean } = {},
): RunEvent[] {
  const names: Record<string, Outcome> = {
    p: 'passed',
    f: 'failed',
    e: 'errored',
    s: 'skipped',
    n: 'no-checks',
  };
  const made = planOf(promptText('- uses: x'));
  const repeat = Math.max(...Object.values(cases).map((c) => c.length));
  const events: RunEvent[] = [
    { t: 'start', v: 1, run: headerOf(made, { cases: Object.keys(cases).length, repeat }) },
  ];
  let n = 0;
  for (const [id, letters] of Object.entries(cases)) {
    [...letters].forEach((letter, i) => {
      const job = `${id}|${TARGET.id}|${i}`;
      const outcome = names[letter] ?? 'failed';
      const latencyMs = more.latency?.[n++] ?? 100;
      if (outcome === 'errored') {
        const error = { kind: 'timeout', message: 'late' } as const;
        events.push({ t: 'answer', job, error, cached: false, attempts: 4, cost: null, at: AT });
      } else if (outcome !== 'skipped') {
        const answer = answerOf('a b', { latencyMs });
        events.push({
          t: 'answer',
          job,
          answer,
          cached: more.cached ?? false,
          attempts: 1,
          cost: 0.01,
          at: AT,
        });
      }
      const score = outcome === 'passed' ? 1 : outcome === 'failed' ? 0 : null;
      events.push({ t: 'score', job, results: [], score, outcome });
    });
  }
  events.push({ t: 'end', reason: 'done', at: AT });
  return events;
}

function reportOf(events: readonly RunEvent[]): Report {
  const report = new Report();
  for (const event of events) report.add(event);
  return report;
}

test('totals, pass rate with its interval, duration', () => {
  const cases = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`c${i}`, i < 41 ? 'p' : 'f']),
  );
  const summary = reportOf(eventsOf({ ...cases, skipped: 's', bare: 'n' })).summary();
  assert.ok(summary?.passRate);
  assert.deepEqual(summary.totals, {
    passed: 41,
    failed: 9,
    errored: 0,
    skipped: 1,
    noChecks: 1,
    jobs: { asked: 51, answered: 51 },
    tokens: { input: 510, output: 102, unknown: 0 },
    unknownCalls: 0,
    calls: 51,
    cost: summary.totals.cost,
    cachedShare: 0,
  });
  assert.equal(summary.totals.cost?.toFixed(4), '0.5100');
  assert.equal(summary.passRate.value, 0.82);
  assert.equal(summary.passRate.low.toFixed(6), '0.692039');
  assert.equal(summary.passRate.high.toFixed(6), '0.902298');
  assert.equal(summary.durationMs, 10_000);
  assert.equal(summary.end, 'done');
});

test('what has no answer is no observation; its unknown cost does not hide the rest', () => {
  const summary = reportOf(eventsOf({ a: 'p', b: 'e' })).summary();
  assert.equal(summary?.passRate?.value, 1);
  assert.deepEqual(summary?.extremes?.passRate, [0.5, 1]);
  assert.deepEqual(summary?.totals.jobs, { asked: 2, answered: 1 });
  assert.equal(summary?.totals.errored, 1);
  assert.equal(summary?.totals.cost, 0.01);
  assert.equal(summary?.totals.unknownCalls, 1, 'it may have been billed');
});

test('a job that is asked again costs again', () => {
  const report = reportOf(eventsOf({ a: 'e' }));
  for (const event of eventsOf({ a: 'p' }).slice(1)) report.add(event);
  const { totals } = report.summary() ?? {};
  assert.deepEqual([totals?.calls, totals?.unknownCalls, totals?.cost], [5, 1, 0.01]);
  assert.deepEqual(totals?.jobs, { asked: 1, answered: 1 });
});

test('a pause is no work', () => {
  const events = eventsOf({ a: 'p' });
  const resumed: RunEvent[] = [
    { t: 'resume', at: '2026-11-22T00:00:00Z' },
    { t: 'end', reason: 'done', at: '2026-11-22T00:00:03Z' },
  ];
  assert.equal(reportOf([...events, ...resumed]).summary()?.durationMs, 13_000);
});

test('the bounds of a metric count the scores that are missing', () => {
  const metric = (outcome: Outcome, scores: readonly (number | null)[]): RunEvent => ({
    t: 'score',
    job: `${outcome}${scores.length}${scores[0]}|${TARGET.id}|0`,
    results: scores.map((score) => ({
      name: 'j',
      kind: 'llm',
      metric: 'tone',
      score,
      passed: score === null ? null : true,
      weight: 1,
      detail: '',
      cost: 0,
      ...(score === null ? { error: 'no reply' } : {}),
    })),
    score: null,
    outcome,
  });
  const [start] = eventsOf({ a: 'p' });
  assert.ok(start);
  const report = reportOf([start, metric('passed', [1, 0.5]), metric('errored', [])]);
  // The job without an answer lacks two scores.
  assert.deepEqual(report.summary()?.extremes?.metrics, { tone: [1.5 / 4, 3.5 / 4] });
  report.add(metric('errored', [null]));
  assert.deepEqual(report.summary()?.extremes?.metrics, { tone: [1.5 / 7, 6.5 / 7] });
  // A judge that is only measured lacks its score where the verdict is known.
  const measured = reportOf([start, metric('passed', [1, null])]).summary();
  assert.deepEqual(measured?.totals.jobs, { asked: 1, answered: 1 });
  assert.deepEqual(measured?.extremes?.metrics, { tone: [0.5, 1] });
});

test('the slowest calls may be the missing ones', () => {
  const cases = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, 'p']));
  const latency = Array.from({ length: 41 }, (_, i) => i + 1);
  const p95 = (more: Record<string, string>) =>
    reportOf(eventsOf({ ...cases, ...more }, { latency })).summary()?.extremes?.p95;
  assert.deepEqual(p95({ x: 'e' }), [38, 39]);
  assert.deepEqual(p95({ x: 'e', y: 'e', z: 'e' }), [38, null]);
});

test('a case is what most of its repeats are; flaky is known from three repeats', () => {
  const expected: [repeats: string, outcome: Outcome, flaky: number | null][] = [
    ['p', 'passed', null],
    ['pf', 'failed', null],
    ['ppf', 'passed', 1 / 3],
    ['pff', 'failed', 1 / 3],
    ['ppp', 'passed', 0],
    ['ppe', 'passed', null],
    ['eef', 'errored', null],
    ['pe', 'errored', null],
    ['pfe', 'errored', null],
    ['pffe', 'failed', 1 / 3],
    ['efe', 'errored', null],
    ['sss', 'skipped', null],
    ['nnn', 'no-checks', null],
    ['ppppppffff', 'passed', 0.4],
  ];
  for (const [repeats, outcome, flaky] of expected) {
    const [summary] = reportOf(eventsOf({ a: repeats })).cases();
    assert.equal(summary?.outcome, outcome, repeats);
    assert.equal(summary?.flaky, flaky, repeats);
    const missing = [...repeats].filter((one) => one === 'e').length;
    assert.equal(summary?.repeats, repeats.length - missing);
    assert.equal(summary?.missing ?? 0, missing);
  }
});

test('with repeats: how often one of as many tries passes, and how often all do', () => {
  const tries = (cases: Record<string, string>) => reportOf(eventsOf(cases)).summary()?.tries;
  assert.equal(tries({ a: 'p', b: 'f' }), undefined);
  // Only some of c's repeats were run.
  assert.deepEqual(tries({ a: 'ppp', b: 'pff', c: 'pp', d: 'fff' }), {
    k: 3,
    any: 2 / 3,
    all: 1 / 3,
  });
});

test('the interval’s n is cases, not repeats', () => {
  const one = reportOf(eventsOf({ a: 'p', b: 'f' })).summary();
  const three = reportOf(eventsOf({ a: 'ppp', b: 'fff' })).summary();
  assert.deepEqual(one?.passRate, three?.passRate);
});

test('latency counts calls of this run only, nearest rank', () => {
  const latency = [10, 20, 30, 40];
  const cases = { a: 'p', b: 'p', c: 'p', d: 'p' };
  assert.deepEqual(reportOf(eventsOf(cases, { latency })).summary()?.latency, {
    p50: 20,
    p95: 40,
    p99: 40,
    firstToken: null,
  });
  const cached = reportOf(eventsOf(cases, { latency, cached: true })).summary();
  assert.equal(cached?.latency, null);
  assert.equal(cached?.totals.cachedShare, 1);
  assert.equal(cached?.totals.cost, 0);
});

test('judges cost too; an unknown price makes the sum unknown; metrics are means', () => {
  const [start] = eventsOf({ a: 'p' });
  assert.ok(start);
  const result = {
    name: 'j',
    kind: 'llm',
    metric: 'tone',
    score: 0.5,
    passed: true,
    weight: 1,
    detail: '',
    cost: 0.02,
  };
  const scored = (id: string, cost: number | null, score: number): RunEvent => ({
    t: 'score',
    job: `${id}|${TARGET.id}|0`,
    results: [{ ...result, cost, score }],
    score,
    outcome: 'passed',
  });
  const report = reportOf([start, scored('a', 0.02, 0.5), scored('b', 0.03, 1)]);
  assert.equal(report.summary()?.totals.cost, 0.05);
  assert.deepEqual(
    report.cases().map(({ metrics }) => metrics),
    [{ tone: 0.5 }, { tone: 1 }],
  );
  assert.deepEqual(report.summary()?.metrics, { tone: 0.75 });
  report.add(scored('c', null, 0));
  assert.equal(report.summary()?.totals.cost, null);
});

test('a later event of a job replaces the earlier one, as after a resume', () => {
  const report = reportOf(eventsOf({ a: 'e', b: 'p' }));
  assert.deepEqual(report.progress(), { done: 2, total: 2 });
  for (const event of eventsOf({ a: 'p' }).slice(1)) report.add(event);
  assert.deepEqual(report.progress(), { done: 2, total: 2 });
  assert.equal(report.summary()?.totals.passed, 2);
  assert.equal(report.summary()?.totals.errored, 0);
  assert.equal(report.summary()?.totals.cost, 0.02);
});

test('answers of a model that the run is not about are none of its results', () => {
  const own = eventsOf({ a: 'f' });
  const other = eventsOf({ a: 'p', b: 'p' }).map((event) =>
    'job' in event ? { ...event, job: event.job.replace(TARGET.id, 'openai/other') } : event,
  );
  const report = reportOf([...own, ...other.slice(1)]);
  assert.deepEqual(report.summary()?.totals.jobs, { asked: 1, answered: 1 });
  assert.deepEqual(
    report.cases().map(({ id, outcome }) => [id, outcome]),
    [['a', 'failed']],
  );
});

test('cases carry tags and groups of the plan', () => {
  const made = planOf(
    promptText('- uses: x', '- { input: 1, $case: { name: a, tags: [eu], group: g } }'),
  );
  const [summary] = reportOf(eventsOf({ a: 'p' })).cases(made.cases);
  assert.deepEqual(summary, {
    id: 'a',
    outcome: 'passed',
    score: 1,
    repeats: 1,
    passed: 1,
    flaky: null,
    observations: [{ id: '0 ', passed: true }],
    tags: ['eu'],
    group: 'g',
  });
});

test('an empty run has no pass rate, an unstarted one no summary', () => {
  assert.equal(new Report().summary(), null);
  assert.equal(reportOf(eventsOf({ a: 's' })).summary()?.passRate, null);
});

test('the forecast counts calls, tokens and cost', () => {
  const text = promptText(
    '- { uses: github/fluency, with: acme/judge }\n- uses: promptsmith/is-json',
    '- { input: a b c }\n- { input: d }\n- { other: x }\n- { input: z, $case: { skip: true } }',
  ).replace('messages:', 'modelParameters: { maxTokens: 100 }\nmessages:');
  const made = planOf(text, { repeat: 2 });
  const ports = portsOf({ complete: () => assert.fail('no call') });
  const figures = estimateRun(made, ports);
  assert.deepEqual(figures.calls, { answers: 4, judges: 4 });
  assert.equal(figures.unsendable, 1);
  assert.equal(figures.skipped, 1);
  // Words plus 7 a message: (4 + 7) + (2 + 7), twice; a judge reads 300 and the answer's 100.
  assert.equal(figures.tokens.input, 40 + 4 * 400);
  assert.deepEqual(figures.tokens.output, { min: 8, median: 400 + 240, max: 400 + 1200 });
  assert.ok(Math.abs((figures.cost?.max ?? 0) - (40 + 1600 + 1600) / 1e6) < 1e-12);
  assert.equal(figures.exact, true);
  assert.deepEqual(figures.selfJudged, []);

  const unknown = estimateRun(made, {
    countTokens: () => null,
    costOf: (id) => (id === 'acme/judge' ? null : 0),
  });
  assert.equal(unknown.cost, null);
  assert.deepEqual(unknown.unknownPrices, ['acme/judge']);
  assert.equal(unknown.exact, false);
  assert.deepEqual(
    estimateRun(planOf(text, { models: [{ ...TARGET, id: 'acme/judge' }] }), ports).selfJudged,
    ['acme/judge'],
  );
});

test('the mean cost of a call has an interval over the cases, from six on', () => {
  const cost = (costs: readonly number[]) =>
    reportOf(
      eventsOf(Object.fromEntries(costs.map((_, i) => [`c${i}`, 'pp']))).map((event) =>
        event.t === 'answer'
          ? { ...event, cost: costs[Number(/^c(\d+)/.exec(event.job)?.[1])] ?? null }
          : event,
      ),
    ).summary()?.callCost;
  // t = 2.571 for 5 degrees of freedom; the two repeats of a case are one observation.
  const six = cost([1, 2, 3, 4, 5, 6]);
  const half = 2.571 * (Math.sqrt(17.5 / 5) / Math.sqrt(6));
  assert.equal(six?.mean, 3.5);
  assert.ok(Math.abs((six?.interval?.low ?? 0) - (3.5 - half)) < 0.01);
  assert.ok(Math.abs((six?.interval?.high ?? 0) - (3.5 + half)) < 0.01);
  assert.equal(cost([0, 0, 0, 0, 0, 6])?.interval?.low, 0);
  assert.equal(cost([1, 2, 3, 4, 5])?.interval, undefined);
});

test('the cost of a call is the price of its answer, stored or not; one unknown leaves none', () => {
  const events = eventsOf({ a: 'pe', b: 'fs' }, { cached: true });
  assert.deepEqual(reportOf(events).summary()?.callCost, { mean: 0.01, max: 0.01 });
  const dearer = events.map((event) =>
    event.t === 'answer' && event.job.startsWith('b') ? { ...event, cost: 0.03 } : event,
  );
  assert.deepEqual(reportOf(dearer).summary()?.callCost, { mean: 0.02, max: 0.03 });
  const unknown = events.map((event) =>
    event.t === 'answer' && event.job.startsWith('b') ? { ...event, cost: null } : event,
  );
  assert.equal(reportOf(unknown).summary()?.callCost, null);
  assert.equal(reportOf(eventsOf({ a: 'e' })).summary()?.callCost, null);
});
