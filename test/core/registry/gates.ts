import assert from 'node:assert/strict';
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
const PROMPT = `model: openai/gpt-4o-mini
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
  const { id, at = '2026-11-21T09:30:01.000Z', models = [MODEL], cases = CASES } = shape;
  const { hash, leftOut, isOld = false, end = 'done', early = false } = shape;
  const hashes = hash
    ? { ...made.hashes, [hash]: `sha256:${'0'.repeat(64)}` as const }
    : made.hashes;
  const all: LeftOut = { only: 0, filter: 0, shard: 0, holdout: 0, ...leftOut };
  const report = new Report();
  const header = headerOf(made, {
    ...{ id, hashes, models, at, cases },
    ...(isOld ? {} : { leftOut: all, model: MODEL }),
    replay: shape.source === 'sample' || shape.source === 'recording',
    ...shape.run,
  });
  report.add({ t: 'start', v: isOld ? 1 : 2, run: header });
  for (const model of models)
    for (let i = 0; i < cases; i++)
      for (const event of answer(shape, at, i, model)) report.add(event);
  report.add({ t: 'end', reason: end, at, ...(early ? { early: true } : {}) });
  const summary = report.summary();
  assert.ok(summary);
  return { ...summary, cases: report.cases(made.cases) };
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
