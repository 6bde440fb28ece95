import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvalOutcome } from '#app/eval/eval-event.ts';
import { compareModels, compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import type { Model, ModelRequest } from '#core/eval/model.ts';
import type { Plan, PlanOptions } from '#core/eval/plan/plan.ts';
import { MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import { formatReason } from '#core/eval/report/list-failures.ts';
import {
  buildRunReport,
  type RunReport,
  type RunReportSources,
} from '#core/eval/report/run-report.ts';
import { modelOf, planOf, TARGET } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { end, failure } from '#test/support/runs.ts';

const prompt = (n: number, more = '') => `name: Echo
model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{input}}" }
${more}
testData:
${Array.from({ length: n }, (_, i) => `  - { input: w${i}, expected: "w${i}", $case: { name: c${i} } }`).join('\n')}
evaluators:
  - { name: echoes, uses: promptsmith/contains, with: "{{input}}" }
`;

const asked = ({ messages }: ModelRequest) => messages.at(-1)?.content.replace('Say ', '') ?? '';

/** Repeats the word, except for those of `wrong`; `lost` get no answer. */
const echo = (wrong: readonly string[] = [], lost: readonly string[] = []): Model =>
  modelOf((request) => {
    const word = asked(request);
    if (lost.includes(word))
      return failure({ kind: 'not-found', message: `no such model (request ${word.slice(1)})` });
    return end(wrong.includes(word) ? 'something else' : word);
  });

const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`);

function sourcesOf(
  plan: Plan,
  outcome: EvalOutcome,
  more: Partial<RunReportSources> = {},
): RunReportSources {
  const { summary, cases, log, acceptance, conclusion } = outcome;
  return {
    path: 'p/echo.prompt.yaml',
    plan,
    summary,
    cases,
    log,
    acceptance,
    conclusion,
    comparisons: [],
    baseline: null,
    models: [],
    maxErrorRate: MAX_ERROR_RATE,
    hidden: (text) => text,
    ...more,
  };
}

interface Scene {
  readonly text?: string;
  readonly options?: Partial<PlanOptions>;
  readonly model?: Model;
  /** The model that answered in the baseline. */
  readonly before?: Model;
  readonly change?: (outcome: EvalOutcome) => EvalOutcome;
}

async function report(scene: Scene): Promise<RunReport> {
  const plan = planOf(scene.text ?? prompt(10), scene.options);
  const made = await outcomeOf(plan, scene.model ?? echo());
  const outcome = scene.change?.(made) ?? made;
  if (!scene.before) return buildRunReport(sourcesOf(plan, outcome));
  const base = await outcomeOf(plan, scene.before);
  const compared = compareRuns(base.results, outcome.results, {});
  assert.ok(!('error' in compared));
  const baseline = { name: 'HEAD', results: base.results };
  return buildRunReport(sourcesOf(plan, outcome, { comparisons: compared, baseline }));
}

const sentences = ({ result }: RunReport) => result.map(({ text }) => text);

test('the first sentence says whether the run is good, with the interval', async () => {
  const good = await report({});
  assert.deepEqual(good.result, [
    { tone: 'good', text: 'Accepted: 10 of 10 cases pass (100 %, 95 % CI 72.2–100 %)' },
  ]);
  assert.deepEqual(good.steps, []);
  const bad = await report({ model: echo(['w1', 'w2']) });
  assert.deepEqual(bad.result, [
    { tone: 'bad', text: 'Not accepted: 8 of 10 cases pass (80 %, 95 % CI 49–94.3 %)' },
  ]);
  assert.deepEqual(bad.steps, [
    { kind: 'first-failure', text: 'Look at the first failure: c1 (p/echo.prompt.yaml:8)' },
  ]);
});

test('large counts are readable', async () => {
  const { result } = await report({ text: prompt(1_200) });
  assert.match(result[0]?.text ?? '', /^Accepted: 1,200 of 1,200 cases pass \(100 %/);
});

test('a criterion besides the pass rate that failed is in the sentence', async () => {
  const text = prompt(3, 'acceptance: { passRate: 0.5, p95LatencyMs: 5 }');
  const { result, acceptance } = await report({ text });
  assert.deepEqual(
    result.map((one) => one.text),
    [
      'Not accepted: 3 of 3 cases pass (100 %, 95 % CI 43.9–100 %); p95LatencyMs is 12 ms, required: at most 5 ms',
    ],
  );
  assert.deepEqual(acceptance, [
    { met: true, requiredPassRate: 0.5, text: 'passRate is 100 %, required: at least 50 %' },
    { met: false, requiredPassRate: null, text: 'p95LatencyMs is 12 ms, required: at most 5 ms' },
  ]);
});

test('a regression is the first sentence, and what passed before is the first failure', async () => {
  const before = echo(['w0']);
  const found = await report({ before, model: echo(words(10)) });
  assert.deepEqual(sentences(found), [
    'Regression vs HEAD: 90 % → 0 % of 10 cases (p = .004)',
    'Not accepted: 0 of 10 cases pass (0 %, 95 % CI 0–27.8 %)',
  ]);
  assert.equal(found.failures[0]?.name, 'c1');
  assert.equal(found.failures[0]?.isNew, true);
  assert.equal(found.failures.at(-1)?.name, 'c0');
  assert.match(found.steps[0]?.text ?? '', /^Look at the first case that passed before: c1 \(/);
  const [comparison] = found.comparisons;
  assert.match(
    comparison?.sides ?? '',
    /^compared with HEAD \(run [-0-9TZa-f]+, 21 Nov 2026, 09:30 UTC, 9 of 10 passed\)$/,
  );
  assert.deepEqual(
    comparison?.toFailed,
    words(10)
      .slice(1)
      .map((word) => word.replace('w', 'c')),
  );
});

test('answers that are missing make a run inconclusive; equal reasons are one group', async () => {
  const lost = words(8);
  const found = await report({ model: echo([], lost), before: echo() });
  assert.deepEqual(found.result[0], {
    tone: 'open',
    text: 'Inconclusive: 8 of 10 answers are missing',
  });
  assert.equal(
    found.result[1]?.text,
    'No verdict vs HEAD: 8 answers are missing (8 in this run) and could change it',
  );
  const [group, ...rest] = found.missing;
  assert.deepEqual(rest, []);
  assert.deepEqual(
    [group?.text, group?.count, group?.kind, group?.cases.length],
    ['no such model (request 0)', 8, 'not-found', 8],
  );
  assert.deepEqual(
    found.steps.map(({ kind, command }) => [kind, command]),
    [
      ['remedy', undefined],
      ['retry-errors', 'promptsmith eval p/echo.prompt.yaml --retry-errors'],
    ],
  );
  assert.deepEqual(found.failures, []);
  assert.equal(found.others.length, 2);
});

test('a baseline with missing answers is to be run again', async () => {
  const found = await report({ model: echo(), before: echo([], words(7)) });
  assert.equal(found.result[0]?.tone, 'good');
  assert.equal(
    found.result[1]?.text,
    'No verdict vs HEAD: 7 answers are missing (7 in the baseline) and could change it',
  );
  assert.match(
    found.steps[0]?.text ?? '',
    /^Run the baseline again: 7 answers are missing in its run 2026/,
  );
});

test('a canceled run is to be continued', async () => {
  const found = await report({
    change: (outcome) => ({
      ...outcome,
      summary: { ...outcome.summary, end: 'cancelled' },
      conclusion: { kind: 'inconclusive', reason: 'the run was canceled' },
    }),
  });
  assert.deepEqual(sentences(found), ['Inconclusive: the run was canceled after 10 of 10 answers']);
  assert.deepEqual(
    found.steps.map(({ command }) => command),
    ['promptsmith eval p/echo.prompt.yaml --resume'],
  );
  // What was not asked could still fail.
  assert.deepEqual(
    found.acceptance.map(({ met, text }) => [met, text]),
    [[null, 'every case has to pass: 100 % of cases passed; not all cases were asked']],
  );
  assert.equal(found.models[0]?.conclusion.kind, 'inconclusive');
  assert.equal(found.models[0]?.isParetoOptimal, null);
});

test('a selection of cases is said to be one', async () => {
  const options = { filter: { names: ['c1', 'c2'] } };
  const { leftOut } = planOf(prompt(10), options);
  const found = await report({
    options,
    change: (outcome) => ({
      ...outcome,
      summary: { ...outcome.summary, run: { ...outcome.summary.run, leftOut } },
    }),
  });
  assert.deepEqual(sentences(found), [
    '2 of 2 selected cases pass (100 %, 95 % CI 34.2–100 %)',
    'Only 2 of 10 cases were selected; left out: 8 by the filter',
  ]);
});

test('a change that is too small to detect asks for more cases', async () => {
  const found = await report({ model: echo(['w1']), before: echo() });
  assert.match(
    found.result[1]?.text ?? '',
    /^No significant change vs HEAD: 100 % → 90 % of 10 cases \(p = 1\.00\); these cases detect changes of \d+ points or more$/,
  );
  assert.match(
    found.steps.at(-1)?.text ?? '',
    /^Add cases or repeats: detecting 5 points takes about \d+ cases$/,
  );
});

test('a failure has its input, what was expected, what came and why', async () => {
  const model = modelOf(() => end('cut her', { finishReason: 'length' }));
  const { failures } = await report({ text: prompt(1), model });
  const [found] = failures;
  assert.ok(found);
  assert.deepEqual(found.input, [['input', 'w0']]);
  assert.deepEqual([found.wanted, found.got, found.finishReason], ['w0', 'cut her', 'length']);
  assert.deepEqual([found.file, found.line], ['p/echo.prompt.yaml', 7]);
  assert.deepEqual(found.reasons.map(formatReason), [
    'cut off at the token limit',
    'echoes: the answer does not contain "w0"',
  ]);
});

test('what failed checks ask for stands in for `expected`', async () => {
  const text = prompt(1).replace(', expected: "w0"', '');
  const { failures } = await report({ text, model: echo(['w0']) });
  assert.equal(failures[0]?.wanted, 'w0');
});

test('secrets and redacted values are not in a report', async () => {
  const plan = planOf(prompt(2));
  const outcome = await outcomeOf(plan, echo(['w0', 'w1']));
  const found = buildRunReport(
    sourcesOf(plan, outcome, {
      hidden: (text) => text.replaceAll('w0', '***'),
      redacted: ['expected'],
    }),
  );
  assert.deepEqual(found.failures[0]?.input, [['input', '***']]);
  assert.equal(found.failures[0]?.expected, '[redacted: expected]');
});

test('a case without a name is not called by a value that is not shown', async () => {
  const plan = planOf(prompt(1).replace(', $case: { name: c0 }', ''));
  const outcome = await outcomeOf(plan, echo(['w0']));
  const found = buildRunReport(sourcesOf(plan, outcome, { redacted: ['input'] }));
  assert.equal(found.failures[0]?.name, 'row 1 · [redacted: input]');
  assert.deepEqual(found.failures[0]?.input, [['input', '[redacted: input]']]);
});

test('a repeat that failed is the example, not one without an answer', async () => {
  let calls = 0;
  const model = modelOf(() =>
    calls++ < 4 ? failure({ kind: 'network', message: 'gone' }) : end('no'),
  );
  const { failures, missing } = await report({
    text: prompt(1),
    options: { repeat: 3 },
    model,
  });
  assert.equal(failures[0]?.got, 'no');
  assert.ok((failures[0]?.repeat ?? 0) >= 1);
  assert.deepEqual(missing, []);
});

const CANDIDATE = { ...TARGET, id: 'acme/large', model: 'large' };
const CHEAP = { ...TARGET, id: 'acme/small', model: 'small' };

/** Three models: the first fails the last case, the second none, the third all, at other costs. */
async function several(acceptance = ''): Promise<RunReport> {
  const models = [TARGET, CANDIDATE, CHEAP];
  const plan = planOf(prompt(10, acceptance), { models });
  const model = modelOf((request) => {
    const isWrong =
      request.model === 'small' || (request.model === TARGET.model && asked(request) === 'w9');
    return end(isWrong ? 'no' : asked(request));
  });
  const made = await outcomeOf(plan, model);
  const prices: Record<string, number> = { [TARGET.id]: 2, 'acme/large': 3, 'acme/small': 2 };
  const results = made.summary.results.map((one) => ({
    ...one,
    callCost: { mean: prices[one.model] ?? 0, max: 3 },
  }));
  const outcome = { ...made, summary: { ...made.summary, results } };
  const compared: Comparison[] = compareModels(outcome.results, {});
  return buildRunReport(sourcesOf(plan, outcome, { models: compared }));
}

test('each model has its own result by the same criteria, and its verdict against the first', async () => {
  const { models, comparisons, result } = await several('acceptance: { passRate: 0.9 }');
  assert.deepEqual(
    models.map(({ model, conclusion, comparison, isParetoOptimal }) => [
      model,
      conclusion.kind,
      comparison?.verdict ?? null,
      isParetoOptimal,
    ]),
    [
      [TARGET.id, 'accepted', null, true],
      ['acme/large', 'accepted', 'underpowered', true],
      // As expensive as the first, and worse.
      ['acme/small', 'not-accepted', 'regression', false],
    ],
  );
  // A candidate does not decide about the file.
  assert.match(result[0]?.text ?? '', /^Accepted: 9 of 10 cases pass/);
  assert.deepEqual(
    comparisons.map(({ sides }) => sides),
    [`acme/large compared with ${TARGET.id}`, `acme/small compared with ${TARGET.id}`],
  );
});

test('the failures of a candidate are no first step', async () => {
  const { steps, failures } = await several();
  assert.equal(failures.length, 11);
  assert.deepEqual(
    steps.map(({ text }) => text),
    ['Look at the first failure: c9 (p/echo.prompt.yaml:16)'],
  );
});
