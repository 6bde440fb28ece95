import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '#core/eval/report/report.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import type { Finding } from '#core/lint/engine/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import {
  type GateInput,
  judgePromotion,
  type Policy,
  resolvePolicy,
} from '#core/registry/promote.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { readSettings } from '#core/settings.ts';
import { headerOf, planOf } from '#test/support/evals.ts';
import { recordOf, sampleBundle } from '#test/support/registry.ts';

const CASES = 40;
const MODEL = 'openai/gpt-4o-mini';
const PROMPT = `model: openai/gpt-4o-mini
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}, $case: { name: c${i}, must: ${i === 0} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
acceptance: { passRate: 0.5 }
`;
const made = planOf(PROMPT);
const document = parsePrompt(PROMPT);

interface RunShape {
  readonly id: string;
  readonly fails?: (i: number, model: string) => boolean;
  readonly errors?: (i: number) => boolean;
  readonly cost?: number | null;
  readonly cases?: number;
  readonly end?: 'done' | 'cancelled';
  readonly checks?: string;
  readonly models?: readonly string[];
  /** No evaluator judged an answer. */
  readonly unchecked?: boolean;
}

/** A run in which some cases fail or err, made of real events. */
function runOf({
  id,
  fails,
  errors,
  cost = 0.001,
  cases = CASES,
  end = 'done',
  checks,
  models = [MODEL],
  unchecked = false,
}: RunShape): AttachedEval {
  const report = new Report();
  const at = '2026-11-21T09:30:01.000Z';
  const hashes = checks
    ? { ...made.hashes, checks: checks as typeof made.hashes.checks }
    : made.hashes;
  const jobs = models.flatMap((model) =>
    Array.from({ length: cases }, (_, i) => [i, model] as const),
  );
  report.add({ t: 'start', v: 1, run: headerOf(made, { id, hashes, models }) });
  for (const [i, model] of jobs) {
    const job = `c${i}|${model}|0`;
    const isError = errors?.(i) === true;
    const answer = {
      text: 'w',
      finishReason: 'stop',
      usage: null,
      latencyMs: 1,
      servedBy: 'm',
    } as const;
    const error = { kind: 'timeout', message: 'late' } as const;
    const common = { job, cached: false, attempts: 1, cost, at };
    const event: RunEvent = isError
      ? { t: 'answer', error, ...common }
      : { t: 'answer', answer, ...common };
    report.add(event);
    const outcome = unchecked
      ? 'no-checks'
      : isError
        ? 'errored'
        : fails?.(i, model)
          ? 'failed'
          : 'passed';
    report.add({ t: 'score', job, results: [], score: outcome === 'passed' ? 1 : 0, outcome });
  }
  report.add({ t: 'end', reason: end, at });
  const summary = report.summary();
  assert.ok(summary);
  return { ...summary, cases: report.cases(made.cases) };
}

const NO_REGRESSION: Policy = {
  gate: 'no-regression',
  maxErrorRate: 0.02,
  maxCostFactor: null,
  lint: 'error',
  approvals: 0,
};
const good = runOf({ id: 'good' });

function gate(more: Partial<GateInput>) {
  return judgePromotion({
    policy: NO_REGRESSION,
    version: recordOf(sampleBundle('x'), '1.1.0', '1.0.0'),
    prompt: { document, rows: document.rows },
    findings: [],
    runs: [good],
    base: null,
    people: ['ada'],
    ...more,
  });
}

/** The demands that are not met. */
const refused = (more: Partial<GateInput>) =>
  gate(more).demands.flatMap(({ met, name, text }) => (met === false ? [`${name}: ${text}`] : []));

test('a label without a policy requires nothing, production no regression', () => {
  assert.deepEqual(resolvePolicy('production', { promotion: {} }), NO_REGRESSION);
  assert.equal(resolvePolicy('dev', { promotion: {} }).gate, 'any');
  assert.equal(resolvePolicy('toString', { promotion: {} }).gate, 'any');
  const own = resolvePolicy('dev', { promotion: { dev: { gate: 'non-inferior', approvals: 2 } } });
  assert.deepEqual([own.gate, own.approvals, own.lint], ['non-inferior', 2, 'error']);
});

test('settings may call the gate no-regression by its older name, floor', () => {
  const { settings, complaints } = readSettings({ promotion: { staging: { gate: 'floor' } } });
  assert.deepEqual(complaints, []);
  assert.equal(resolvePolicy('staging', settings).gate, 'no-regression');
  const wrong = readSettings({ promotion: { staging: { gate: 'floors' } } }).complaints;
  assert.match(wrong[0]?.message ?? '', /`no-regression`/);
  assert.doesNotMatch(wrong[0]?.message ?? '', /`floor`/);
});

test('no-regression: an eval of all cases, acceptance, must cases, errors, no regression', () => {
  assert.deepEqual(refused({}), []);
  assert.match(refused({ runs: [] })[0] ?? '', /no eval of this content/);
  assert.match(
    refused({ runs: [runOf({ id: 'cut', end: 'cancelled' })] })[0] ?? '',
    /was interrupted/,
  );
  assert.match(
    refused({ runs: [runOf({ id: 'part', cases: 30 })] })[0] ?? '',
    /skipped 10 of 40 cases/,
  );
  const must = refused({ runs: [runOf({ id: 'must', fails: (i) => i === 0 })] });
  assert.deepEqual(must, ['acceptance: required test c0: 0 % of its repeats passed']);
  const poor = refused({ runs: [runOf({ id: 'poor', fails: (i) => i > 15 })] });
  assert.deepEqual(poor, ['acceptance: passRate is 40 %, required: at least 50 %']);
  const errors = refused({ runs: [runOf({ id: 'err', errors: (i) => i > 37 })] });
  assert.deepEqual(errors, ['errors: 5 % of cases errored, limit 2 %']);
  const worse = { runs: [runOf({ id: 'worse', fails: (i) => i >= 30 })] };
  assert.deepEqual(refused(worse), []);
  const base = { version: '1.0.0', runs: [good] };
  assert.match(refused({ ...worse, base })[0] ?? '', /verdict: compared with 1\.0\.0, regression/);
});

test('an unknown verdict does not block no-regression, but blocks non-inferior', () => {
  const base = { version: '1.0.0', runs: [] };
  const other = {
    version: '1.0.0',
    runs: [runOf({ id: 'o', checks: `sha256:${'0'.repeat(64)}` })],
  };
  const strict = { ...NO_REGRESSION, gate: 'non-inferior' } as const;
  for (const one of [base, other]) {
    assert.deepEqual(refused({ base: one }), []);
    assert.equal(gate({ base: one }).demands.at(-1)?.met, null);
    assert.match(refused({ base: one, policy: strict })[0] ?? '', /^verdict: /);
  }
  // One case of forty turned: no regression, but no proof either.
  const turned = {
    runs: [runOf({ id: 't', fails: (i) => i === 5 })],
    base: { version: '1.0.0', runs: [good] },
  };
  assert.deepEqual(refused(turned), []);
  assert.match(refused({ ...turned, policy: strict })[0] ?? '', /^verdict: compared with 1\.0\.0/);
  assert.equal(gate({ ...turned, margin: 0.3, policy: strict }).passed, true);
});

test('lint and cost', () => {
  const finding = {
    id: 'schema',
    severity: 'error',
    message: 'no',
    span: { start: 0, end: 0 },
  } as Finding;
  assert.deepEqual(refused({ findings: [finding] }), ['lint: error schema: no']);
  assert.deepEqual(refused({ findings: [{ ...finding, severity: 'warning' }] }), []);
  assert.deepEqual(refused({ findings: [{ ...finding, suppressed: {} }] }), []);
  assert.deepEqual(refused({ findings: [finding], policy: { ...NO_REGRESSION, lint: 'off' } }), []);
  const policy = { ...NO_REGRESSION, maxCostFactor: 1.5 };
  const base = { version: '1.0.0', runs: [good] };
  const expensive = [runOf({ id: 'expensive', cost: 0.002 })];
  assert.match(
    refused({ policy, base, runs: expensive })[0] ?? '',
    /cost: cost per call is 2 times that of 1\.0\.0, limit 1\.5 times/,
  );
  assert.deepEqual(refused({ policy, base }), []);
  const unknown = gate({ policy, base, runs: [runOf({ id: 'u', cost: null })] });
  assert.equal(unknown.demands.at(-1)?.met, null);
  assert.deepEqual(
    refused({ policy: { ...NO_REGRESSION, gate: 'any', lint: 'off' }, runs: [] }),
    [],
  );
});

test('approvals: the author and blank names do not count, and each person counts once', () => {
  const approvals = (needed: number, ...people: string[]) =>
    refused({ policy: { ...NO_REGRESSION, approvals: needed }, people });
  const none = ['approvals: 0 of 1 required approvals (author ada does not count)'];
  for (const name of [
    '',
    ' ',
    '\t',
    '\u200b',
    '\u00a0',
    'ada',
    'ada ',
    'ADA',
    'Ada',
    'ａｄａ',
    'a\u00adda',
  ])
    assert.deepEqual(approvals(1, 'ada', name), none, JSON.stringify(name));
  // The author is the author in every spelling, also as the only name.
  for (const name of ['ada', 'ADA', 'ada ']) assert.deepEqual(approvals(1, name), none);
  assert.deepEqual(approvals(1, 'ada', 'bob'), []);
  for (const twin of ['Bob', 'BOB', 'bob ', ' bob', 'ｂｏｂ', 'bob'])
    assert.deepEqual(
      approvals(2, 'ada', 'bob', twin),
      ['approvals: 1 of 2 required approvals: bob (author ada does not count)'],
      JSON.stringify(twin),
    );
  for (const [name, twin] of [
    ['Zoë', 'Zoe\u0308'],
    ['Groß', 'GROSS'],
    ['A™', 'atm'],
    ['\u0390', '\u03aa\u0301'],
    ['Νίκος', 'ΝΊΚΟΣ'],
    ['Bob  Lee', 'bob\tlee'],
  ] as const)
    assert.equal(approvals(2, name, twin).length, 1, name);
  assert.deepEqual(approvals(2, 'ada', 'bob', 'Bob', 'Cleo'), []);
});

test('each of several models must satisfy the gate, and the worst one is reported', () => {
  const models = ['acme/good', 'acme/bad'];
  for (const order of [models, models.toReversed()]) {
    const base = { version: '1.0.0', runs: [runOf({ id: 'base', models: order })] };
    const fails = (i: number, model: string) => model === 'acme/bad' && i > 0 && i < 15;
    const runs = [runOf({ id: 'new', models: order, fails })];
    const { passed, comparison, demands } = gate({ base, runs });
    assert.equal(passed, false);
    assert.deepEqual([comparison?.model, comparison?.verdict], ['acme/bad', 'regression']);
    assert.match(demands.find(({ name }) => name === 'verdict')?.text ?? '', /regression/);
  }
});

test('a run without checks proves nothing', () => {
  const runs = [runOf({ id: 'unchecked', unchecked: true })];
  assert.match(refused({ runs })[0] ?? '', /^eval: /);
});

test('a call may cost just as many times as much as the policy allows', () => {
  const base = { version: '1.0.0', runs: [good] };
  const at = (cost: number) =>
    refused({
      policy: { ...NO_REGRESSION, maxCostFactor: 1.5 },
      base,
      runs: [runOf({ id: 'new', cost })],
    });
  assert.deepEqual(at(0.0015), []);
  assert.match(at(0.00151)[0] ?? '', /^cost: /);
});
