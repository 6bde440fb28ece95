import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustComparisons } from '#core/eval/compare/adjust-comparisons.ts';
import { compareModels, compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison, RunResults } from '#core/eval/compare/comparison.ts';
import { decideVerdict, type MeasuredChange } from '#core/eval/compare/decide-verdict.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { describeDifferences } from '#core/eval/compare/differences.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import type { RequestChange } from '#core/models/request-change.ts';
import { headerOf, planOf } from '../../../support/evals.ts';
import { PROMPT } from '../../../support/runs.ts';

const MADE = planOf(PROMPT);

interface Made {
  readonly id?: string;
  readonly run?: Partial<RunResults['run']>;
  readonly groups?: (i: number) => string;
  readonly more?: readonly CaseSummary[];
  readonly servedBy?: readonly string[];
}

/** A run whose cases c0, c1 … passed so many of `repeats`. */
function resultsOf(
  passed: readonly number[],
  { id = 'base', run = {}, groups, more = [], servedBy = ['m-1'] }: Made = {},
  repeats = 1,
): RunResults {
  const cases = passed.map((count, i) => ({
    ...caseOf(`c${i}`, count, repeats),
    ...(groups ? { group: groups(i) } : {}),
  }));
  return { run: headerOf(MADE, { id, ...run }), cases: [...cases, ...more], servedBy };
}

function caseOf(id: string, passed: number, repeats = 1): CaseSummary {
  const outcome = passed > repeats / 2 ? 'passed' : 'failed';
  return { id, tags: [], outcome, score: passed / repeats, repeats, passed, flaky: null };
}

/** `passes` of `n` cases pass, the first ones failing. */
const ones = (n: number, failing = 0): number[] =>
  Array.from({ length: n }, (_, i) => (i < failing ? 0 : 1));

function only(found: ReturnType<typeof compareRuns>): Comparison {
  assert.ok(!('error' in found) && found.length === 1);
  return found[0] as Comparison;
}

const candidate = { id: 'candidate' };

test('each verdict, with its sentence', () => {
  const table: readonly (readonly [number[], number[], number, RegExp])[] = [
    [
      ones(50),
      ones(50, 9),
      0.05,
      /^regression: 100 → 82 % of 50 cases pass, −18 points \(95 % CI −\d.*, p = \.004\)$/,
    ],
    [ones(50, 9), ones(50), 0.05, /^improvement: 82 → 100 % of 50 cases pass, \+18 points/],
    [ones(100), ones(100), 0.05, /^equivalent: .*, 0 points .*, within the margin of 5 points$/],
    [
      ones(30),
      ones(30, 2),
      0.05,
      /^underpowered: .*; the minimum detectable change is \d+ points, more than the margin of 5/,
    ],
    [
      ones(300),
      ones(300, 3),
      0.3,
      /^equivalent: 100 → 99 % of 300 cases pass, −1 point \(95 % CI −\d/,
    ],
  ];
  for (const [before, after, margin, sentence] of table) {
    const found = only(compareRuns(resultsOf(before), resultsOf(after, candidate), { margin }));
    assert.match(describeVerdict(found), sentence);
  }
});

test('the verdict is the first that holds', () => {
  const base: MeasuredChange = { p: 0.2, delta: -0.01, interval: [-0.03, 0.01], detectable: 0.1 };
  const verdict = (more: Partial<typeof base> = {}) => decideVerdict({ ...base, ...more }, 0.05);
  assert.equal(verdict(), 'equivalent');
  assert.equal(verdict({ p: 0.04 }), 'regression');
  assert.equal(verdict({ p: 0.04, delta: 0.01 }), 'improvement');
  assert.equal(verdict({ interval: [-0.06, 0.01] }), 'underpowered');
  assert.equal(verdict({ interval: [-0.06, 0.01], detectable: 0.04, p: 0.07 }), 'no-evidence');
  assert.match(
    describeVerdict({
      ...only(compareRuns(resultsOf(ones(9)), resultsOf(ones(9), candidate))),
      verdict: 'no-evidence',
    }),
    /^no evidence of a change or of equivalence/,
  );
});

test('only cases of both runs count, and the others are named', () => {
  const skipped: CaseSummary = { ...caseOf('s', 0), outcome: 'skipped' };
  const found = only(
    compareRuns(
      resultsOf([1, 1, 0], { more: [caseOf('old', 1), skipped] }),
      resultsOf([1, 0, 1], { ...candidate, more: [caseOf('new', 0), caseOf('s', 1)] }),
    ),
  );
  assert.equal(found.cases, 3);
  assert.deepEqual(found.leftOut, { base: ['old'], candidate: ['new', 's'] });
  assert.deepEqual([found.toFailed, found.toPassed], [['c1'], ['c2']]);
  assert.equal(found.changed, 2);
  assert.equal(found.delta, 0);
  const notes = listVerdictNotes(found).join('\n');
  assert.match(notes, /only 2 cases changed: with fewer than 6/);
  assert.match(notes, /only in the baseline: old/);
  assert.match(notes, /not in the baseline: new, s/);
});

const missing = (id: string): CaseSummary => ({
  ...caseOf(id, 0),
  outcome: 'errored',
  score: null,
  repeats: 0,
  missing: 1,
});

test('missing answers are no observation: the figures are about what both runs answered', () => {
  const found = only(
    compareRuns(
      resultsOf([1, 1], { more: [caseOf('x', 1), missing('y')] }),
      resultsOf([1, 1], { ...candidate, more: [missing('x'), missing('y')] }),
    ),
  );
  assert.deepEqual(found.missing, { base: 1, candidate: 2 });
  assert.deepEqual(found.passRates, { base: 1, candidate: 1 });
  assert.deepEqual([found.toFailed, found.toPassed], [[], []]);
  assert.equal(found.cases, 4);
});

test('an outage is neither a regression nor an improvement', () => {
  const half = Array.from({ length: 24 }, (_, i) => missing(`m${i}`));
  const whole = Array.from({ length: 24 }, (_, i) => caseOf(`m${i}`, 1));
  const runs = [
    resultsOf(ones(8), { more: whole }),
    resultsOf(ones(8), { ...candidate, more: half }),
  ] as const;
  const now = only(compareRuns(runs[0], runs[1]));
  assert.deepEqual([now.verdict, now.regression], ['incomplete', null]);
  assert.equal(now.nonInferior, false, '32 equal cases do not show it either');
  assert.match(
    describeVerdict(now),
    /^incomplete: 24 answers are missing \(24 in this run\) and could change the verdict; answered cases: 100 → 100 % of 32 cases pass/,
  );
  const then = only(compareRuns(runs[1], runs[0]));
  assert.equal(then.verdict, 'incomplete');
  assert.equal(then.regression, false, 'the worst that can come out is no change');
  const none = only(
    compareRuns(resultsOf([], { more: half }), resultsOf([], { ...candidate, more: half })),
  );
  assert.equal(none.verdict, 'incomplete');
  assert.match(describeVerdict(none), /of 24 cases none can be compared/);
});

test('a verdict that no missing answer can change stands', () => {
  const base = resultsOf(ones(100), { more: [caseOf('x', 1)] });
  const worse = only(
    compareRuns(base, resultsOf(ones(100, 30), { ...candidate, more: [missing('x')] })),
  );
  assert.deepEqual(
    [worse.verdict, worse.regression, worse.nonInferior],
    ['regression', true, false],
  );
  assert.match(
    listVerdictNotes(worse).join('\n'),
    /1 answer is missing \(1 in this run\); the verdict is/,
  );
  const same = only(
    compareRuns(
      resultsOf(ones(300), { more: [caseOf('x', 1)] }),
      resultsOf(ones(300), { ...candidate, more: [missing('x')] }),
    ),
  );
  assert.deepEqual([same.verdict, same.nonInferior], ['equivalent', true]);
  const tight = only(
    compareRuns(
      resultsOf(ones(30), { more: [caseOf('x', 1)] }),
      resultsOf(ones(30, 5), { ...candidate, more: [missing('x')] }),
    ),
  );
  assert.equal(tight.verdict, 'incomplete', 'five changed cases cannot be significant, six can');
});

test('a missing repeat counts at its worst and at its best, the others keep their value', () => {
  const repeated = (id: string, passed: number, lost: number): CaseSummary => ({
    ...caseOf(id, passed, 3 - lost),
    ...(lost > 0 ? { missing: lost } : {}),
  });
  const runOf = (id: string, passed: number, lost = 0): RunResults => ({
    run: headerOf(MADE, { id }),
    cases: Array.from({ length: 40 }, (_, i) => repeated(`c${i}`, passed, i === 0 ? lost : 0)),
  });
  const found = only(compareRuns(runOf('base', 3), runOf('candidate', 2, 1)));
  assert.ok(found.extremes);
  const { worst, best } = found.extremes;
  assert.ok(worst.delta < best.delta);
  assert.ok(Math.abs(best.delta - worst.delta - 1 / 3 / 40) < 1e-9, 'one repeat of one case');
  assert.equal(found.verdict, 'regression');
});

test('runs that cannot be compared say why', () => {
  const other = { ...candidate, run: { hashes: { ...MADE.hashes, checks: `sha256:x` as const } } };
  const checks = compareRuns(resultsOf([1]), resultsOf([1], other));
  assert.ok('error' in checks && /the evaluators have changed since base/.test(checks.error));
  const itself = compareRuns(resultsOf([1]), resultsOf([1]));
  assert.ok('error' in itself && /this run itself/.test(itself.error));
  const nothing = compareRuns(
    resultsOf([], { more: [caseOf('a', 1)] }),
    resultsOf([], { ...candidate, more: [caseOf('b', 1)] }),
  );
  assert.ok('error' in nothing && /no judged case/.test(nothing.error));
});

test('cases of one group count once', () => {
  const groups = (i: number) => `g${Math.floor(i / 10)}`;
  const found = only(
    compareRuns(resultsOf(ones(50)), resultsOf(ones(50, 10), { ...candidate, groups })),
  );
  assert.equal(found.groups, 5);
  assert.equal(found.changed, 1);
  // Ten cases fell, and all of them are one group: that is no evidence.
  assert.equal(found.p, 1);
  assert.equal(found.verdict, 'underpowered');
  assert.match(
    listVerdictNotes(found).join('\n'),
    /only 5 groups of cases: the interval is unreliable/,
  );
});

test('several models are compared each with itself, the candidates adjusted together', () => {
  const models = ['a/one', 'b/two', 'c/three'];
  const withModels = (
    id: string,
    failing: Readonly<Record<string, number>>,
    names = models,
  ): RunResults => ({
    run: headerOf(MADE, { id, models: names }),
    cases: names.flatMap((model) =>
      ones(50, failing[model]).map((passed, i) => ({ ...caseOf(`c${i}`, passed), model })),
    ),
  });
  const found = compareRuns(
    withModels('base', {}),
    withModels('candidate', { 'a/one': 6, 'b/two': 6, 'c/three': 9 }),
  );
  assert.ok(!('error' in found));
  assert.deepEqual(
    found.map(({ model, p, pAdjusted, verdict }) => [
      model,
      p.toFixed(4),
      pAdjusted?.toFixed(4),
      verdict,
    ]),
    [
      // Candidates have no say in what the first model is.
      ['a/one', '0.0313', undefined, 'regression'],
      ['b/two', '0.0313', '0.0313', 'regression'],
      ['c/three', '0.0039', '0.0078', 'regression'],
    ],
  );
  // One model in the base: every candidate is compared with it.
  const single = compareRuns(resultsOf(ones(50)), withModels('candidate', { 'b/two': 9 }));
  assert.ok(!('error' in single) && single.length === 3);
  assert.match(
    listVerdictNotes(single[1] as Comparison).join(),
    /the model \(b\/two, was openai\/gpt-4o-mini\)/,
  );
});

test('the models of one run are compared with its first, adjusted together', () => {
  const models = ['a/one', 'b/two', 'c/three'];
  const failing: Readonly<Record<string, number>> = { 'b/two': 6, 'c/three': 7 };
  const run: RunResults = {
    run: headerOf(MADE, { id: 'run', models }),
    cases: models.flatMap((model) =>
      ones(50, failing[model]).map((passed, i) => ({ ...caseOf(`c${i}`, passed), model })),
    ),
  };
  assert.deepEqual(
    compareModels(run).map(({ baseModel, model, p, pAdjusted, verdict }) => [
      `${model} beside ${baseModel}`,
      p.toFixed(4),
      pAdjusted?.toFixed(4),
      verdict,
    ]),
    [
      ['b/two beside a/one', '0.0313', '0.0313', 'regression'],
      ['c/three beside a/one', '0.0156', '0.0313', 'regression'],
    ],
  );
  assert.deepEqual(compareModels(resultsOf(ones(50))), []);
});

test('comparisons that belong together are adjusted together, one alone is not', () => {
  const one = only(compareRuns(resultsOf(ones(50)), resultsOf(ones(50, 6), candidate)));
  assert.equal(one.verdict, 'regression');
  const both = adjustComparisons([one, one]);
  assert.deepEqual(
    both.map(({ pAdjusted, verdict }) => [pAdjusted?.toFixed(4), verdict]),
    [
      ['0.0625', 'underpowered'],
      ['0.0625', 'underpowered'],
    ],
  );
  assert.deepEqual(adjustComparisons([one]), [one]);
});

test('a tag and a metric that changed beyond chance are said with the verdict', () => {
  const cases = (passed: number, tone: number): RunResults['cases'] =>
    ones(40).map((_, i) => ({
      ...caseOf(`c${i}`, i < 10 ? passed : 1),
      tags: i < 10 ? ['long'] : ['short'],
      metrics: { tone },
    }));
  const found = only(
    compareRuns(
      { ...resultsOf([]), cases: cases(1, 0.9) },
      { ...resultsOf([], candidate), cases: cases(0, 0.4) },
    ),
  );
  const notes = listVerdictNotes(found).join('\n');
  assert.match(
    notes,
    /^tag long: 100 → 0 % of 10 cases pass, −100 points \(p = \.004, adjusted for all tags\)$/m,
  );
  assert.match(
    notes,
    /^tone fell: 0\.9 → 0\.4 on average \(p < \.001, adjusted for all metrics\)$/m,
  );
  assert.doesNotMatch(notes, /short/);
});

test('what is sent of the prompt is compared where both runs say it', () => {
  const [model = ''] = MADE.models.map(({ id }) => id);
  const seed = { key: 'seed', effect: 'left-out', reason: 'x' } as const;
  const limit = { key: 'maxTokens', effect: 'translated', reason: 'x' } as const;
  const renamed = { key: 'maxTokens', effect: 'renamed', reason: 'x' } as const;
  const made = (changes: readonly RequestChange[], tool = 'promptsmith 1'): RunResults => ({
    ...resultsOf(ones(50), { ...candidate, run: { tool } }),
    results: [{ model, changes }],
  });
  const differs = (before: RunResults, after: RunResults) =>
    describeDifferences(
      only(compareRuns({ ...before, run: { ...before.run, id: 'base' } }, after)).differs,
    );
  assert.equal(
    differs(made([]), made([seed, limit])),
    'what is sent of the prompt (other maxTokens, without seed, was as written)',
  );
  assert.equal(differs(made([seed]), made([renamed, { ...seed, reason: 'y' }])), '');
  const { results: _, ...unknown } = made([]);
  assert.equal(differs(unknown, made([seed])), '');
  const another = differs(made([], 'promptsmith 0'), made([seed]));
  assert.match(another, /^the version of Promptsmith/);
  const through = (api: 'chat' | 'responses'): RunResults => ({
    ...made([]),
    run: { ...made([]).run, connections: { [model]: { api, address: '' } } },
  });
  assert.match(differs(through('chat'), through('responses')), /^how it is called/);
});

test('what differs is named; where nothing does, the model has changed', () => {
  const before = resultsOf(ones(50));
  const same = only(compareRuns(before, resultsOf(ones(50, 9), candidate)));
  assert.deepEqual(same.differs, []);
  assert.match(
    listVerdictNotes(same).join('\n'),
    /nothing that you control differs: the model or its provider/,
  );
  const snapshot = only(
    compareRuns(before, resultsOf(ones(50, 9), { ...candidate, servedBy: ['m-2'] })),
  );
  assert.match(
    listVerdictNotes(snapshot).join('\n'),
    /differences between the runs: the model snapshot \(m-2, was m-1\)\nnothing that you control differs/,
  );
  const changed = only(
    compareRuns(
      before,
      resultsOf(ones(50, 9), {
        ...candidate,
        run: {
          hashes: { ...MADE.hashes, prompt: 'sha256:p', data: 'sha256:d' },
          origins: ['https://lab.example'],
          judge: 'j',
          repeat: 3,
          replay: true,
          tool: 'promptsmith 9',
        },
      }),
    ),
  );
  assert.deepEqual(
    changed.differs.map(({ what }) => what),
    ['prompt', 'provider', 'rows', 'judge', 'repeats', 'recordings', 'version'],
  );
  assert.doesNotMatch(listVerdictNotes(changed).join(), /nothing that you control/);
});
