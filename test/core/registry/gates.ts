import assert from 'node:assert/strict';
import type { Hashes } from '#core/eval/hashes.ts';
import { Report } from '#core/eval/report/report.ts';
import type {
  AnswerSource,
  EndReason,
  LeftOut,
  RunEvent,
  RunHeader,
} from '#core/eval/run-event.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { GatedVersion } from '#core/registry/find-fit-runs.ts';
import { type Policy, resolvePolicy } from '#core/registry/policy.ts';
import { type GateInput, type GateResult, judgePromotion } from '#core/registry/promote.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { headerOf, planOf } from '#test/support/evals.ts';
import { recordOf, sampleBundle } from '#test/support/registry.ts';

export const CASES = 40;
export const MODEL = 'openai/gpt-4o-mini';
export const PROMPT = `model: openai/gpt-4o-mini
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}, $case: { name: c${i}, must: ${i === 0} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
acceptance: { passRate: 0.5 }
`;
const made = planOf(PROMPT);
const document = parsePrompt(PROMPT);

/** The policy of `production` without settings. */
export const GUARDED: Policy = resolvePolicy('production', { promotion: {} });
export const NOW = Date.parse('2026-11-28T00:00:00Z');

export interface RunShape {
  readonly id: string;
  readonly at?: string;
  readonly fails?: (i: number, model: string) => boolean;
  readonly errors?: (i: number) => boolean;
  readonly skips?: (i: number) => boolean;
  readonly cost?: number | null;
  readonly cases?: number;
  readonly leftOut?: Partial<LeftOut>;
  readonly end?: EndReason;
  readonly early?: boolean;
  /** Those of the published content, if it is another one than that of the prompt here. */
  readonly hashes?: Hashes;
  /** The part that differs from the published one. */
  readonly hash?: 'prompt' | 'data' | 'checks';
  readonly models?: readonly string[];
  readonly source?: AnswerSource;
  readonly answeredAt?: string;
  /** No evaluator judged an answer. */
  readonly unchecked?: boolean;
  /** Written by a version that recorded neither sources nor what was left out. */
  readonly isOld?: boolean;
  readonly run?: Partial<RunHeader>;
}

/** A run in which some cases fail or have no answer, made of real events. */
export function runOf(shape: RunShape): AttachedEval {
  const report = new Report();
  for (const event of eventsOf(shape)) report.add(event);
  const summary = report.summary();
  assert.ok(summary);
  return { ...summary, cases: report.cases(made.cases) };
}

/** The events of such a run. */
export function eventsOf(shape: RunShape): RunEvent[] {
  const { id, at = '2026-11-21T09:30:01.000Z', models = [MODEL], cases = CASES } = shape;
  const { hash, leftOut, isOld = false, end = 'done', early = false } = shape;
  const own = shape.hashes ?? made.hashes;
  const hashes = hash ? { ...own, [hash]: `sha256:${'0'.repeat(64)}` as const } : own;
  const all: LeftOut = { only: 0, filter: 0, shard: 0, holdout: 0, ...leftOut };
  const run = headerOf(made, {
    ...{ id, hashes, models, at, cases },
    ...(isOld ? {} : { leftOut: all, model: MODEL }),
    replay: shape.source === 'sample' || shape.source === 'recording',
    ...shape.run,
  });
  return [
    { t: 'start', v: isOld ? 1 : 2, run },
    ...models.flatMap((model) =>
      Array.from({ length: cases }, (_, i) => [...answer(shape, at, i, model)]).flat(),
    ),
    { t: 'end', reason: end, at, ...(early ? { early: true } : {}) },
  ];
}

function* answer(shape: RunShape, at: string, i: number, model: string): Generator<RunEvent> {
  const { id, source = 'model', cost = 0.001, answeredAt, isOld, unchecked, fails, errors } = shape;
  const job = `c${i}|${model}|0`;
  if (shape.skips?.(i)) {
    yield { t: 'score', job, results: [], score: null, outcome: 'skipped' };
    return;
  }
  const isError = errors?.(i) === true;
  const given = answeredAt ?? new Date(Date.parse(at) + i).toISOString();
  const common = { job, cached: source !== 'model', attempts: 1, cost, at };
  const text = `w${i} ${id}`;
  yield isError
    ? { t: 'answer', error: { kind: 'timeout', message: 'late' }, ...common }
    : {
        t: 'answer',
        answer: { text, finishReason: 'stop', usage: null, latencyMs: 1, servedBy: 'm' },
        ...common,
        ...(isOld ? {} : { source, answeredAt: given }),
      };
  const outcome = unchecked
    ? 'no-checks'
    : isError
      ? 'errored'
      : fails?.(i, model)
        ? 'failed'
        : 'passed';
  yield { t: 'score', job, results: [], score: outcome === 'passed' ? 1 : 0, outcome };
}

/** A version with these runs, of the content that `runOf` is about. */
export function gatedOf(
  runs: readonly AttachedEval[],
  version: string,
  more: Partial<PromptDocument> = {},
): GatedVersion {
  const record = recordOf(sampleBundle('x'), version, null);
  return {
    version: { ...record, hashes: made.hashes },
    prompt: { document: { ...document, ...more }, rows: document.rows },
    runs,
  };
}

/** The version of the label: another text with these runs, which is otherwise the same. */
export function baseOf(runs: readonly AttachedEval[]): GatedVersion {
  const prompt = `sha256:${'1'.repeat(64)}` as const;
  const move = (run: AttachedEval): AttachedEval =>
    run.run.hashes.prompt === made.hashes.prompt
      ? { ...run, run: { ...run.run, hashes: { ...run.run.hashes, prompt } } }
      : run;
  const base = gatedOf(runs.map(move), '1.0.0');
  return { ...base, version: { ...base.version, hashes: { ...made.hashes, prompt } } };
}

type Asked = Partial<GateInput> & { readonly runs?: readonly AttachedEval[] };

export function gate({ runs = [runOf({ id: 'good' })], ...more }: Asked): GateResult {
  return judgePromotion({
    name: 'team/say',
    policy: GUARDED,
    candidate: gatedOf(runs, '1.1.0'),
    findings: [],
    base: null,
    moves: [],
    people: ['ada'],
    now: NOW,
    ...more,
  });
}

/** The demands that are not met. */
export const refused = (asked: Asked): string[] =>
  gate(asked).demands.flatMap(({ met, name, text }) => (met ? [] : [`${name}: ${text}`]));

/** Runs that are unfit for just one reason each, and what the gate says. */
export const UNFIT: readonly (readonly [string, RunShape, RegExp])[] = [
  ['cancelled', { id: 'x', end: 'cancelled' }, /the run was canceled/],
  ['cut by the budget', { id: 'x', end: 'budget' }, /stopped at its cost limit/],
  ['a filter', { id: 'x', cases: 30, leftOut: { filter: 10 } }, /a filter left out 10/],
  ['only', { id: 'x', cases: 30, leftOut: { only: 10 } }, /`only` left out 10/],
  ['a shard', { id: 'x', cases: 20, leftOut: { shard: 20 }, run: { shard: '1/2' } }, /shard 1\/2/],
  ['holdout', { id: 'x', cases: 30, leftOut: { holdout: 10 } }, /10 holdout cases/],
  ['cases are missing', { id: 'x', cases: 30 }, /left out 10 of 40 cases/],
  ['rows that were skipped then', { id: 'x', skips: (i) => i > 29 }, /left out 10 of 40/],
  ['resumed with a filter', { id: 'x', cases: 30, run: { cases: 40 } }, /has not asked 10 of 40/],
  [
    'unfilled placeholders',
    { id: 'x', run: { allowMissing: true } },
    /placeholders without a value/,
  ],
  ['stopped early', { id: 'x', early: true }, /stopped early/],
  ['an outage', { id: 'x', errors: (i) => i > 20 }, /19 of 40 answers are missing/],
  ['another model', { id: 'x', models: ['openai/gpt-5'] }, /ran on openai\/gpt-5, not on/],
  ['another text', { id: 'x', hash: 'prompt' }, /no eval of this content/],
  ['other rows', { id: 'x', hash: 'data' }, /other test rows/],
  [
    'other checks or another judge',
    { id: 'x', hash: 'checks' },
    /other evaluators or another judge/,
  ],
  ['samples', { id: 'x', source: 'sample' }, /samples written by hand/],
  ['recordings', { id: 'x', source: 'recording' }, /from recordings/],
  [
    'old answers',
    { id: 'x', answeredAt: '2026-09-01T00:00:00.000Z' },
    /of 2026-09-01, which is too old/,
  ],
  [
    'fewer repeats than it began with',
    { id: 'x', run: { repeat: 3 } },
    /asked only 40 of 120 repeats/,
  ],
  ['no checks', { id: 'x', unchecked: true }, /no case has a check/],
  ['an older version without its cases', { id: 'x', cases: 30, isOld: true }, /left out 10 of 40/],
];
