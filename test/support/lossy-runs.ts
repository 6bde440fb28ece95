import assert from 'node:assert/strict';
import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import { combineResults } from '#core/eval/run/evaluate.ts';
import type { EvaluatorResult, RunEvent } from '#core/eval/run-event.ts';
import type { Rng } from '#core/eval/statistics/rng.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { headerOf } from './evals.ts';

/** What one job gives: the verdict of a check, the score of a judge, and the figures of the call. */
export interface GivenJob {
  readonly passed: boolean;
  readonly score: number;
  readonly latencyMs: number;
  readonly cost: number;
}

/** A job of a run in which some jobs lack their answer (`answer`) or the judge's score (`score`). */
export interface LossyJob extends GivenJob {
  readonly case: string;
  readonly model: string;
  readonly repeat: number;
  readonly lost?: 'answer' | 'score';
}

export interface LossyRun {
  readonly id: string;
  readonly models: readonly string[];
  readonly repeat: number;
  /** The weight of the judge; 0: it is only measured. */
  readonly judgeWeight: number;
  readonly jobs: readonly LossyJob[];
}

/** A golden set: its prompt file, and the cases as they are planned. */
export interface GoldenSet {
  readonly document: PromptDocument;
  readonly plan: Plan;
}

export const JUDGED = 'tone';

/** Creates a golden set of cases c0, c1 …, with `rows` to say what each `$case` has besides its name. */
export function createGoldenSet(
  rows: readonly { readonly group?: string; readonly tag?: string; readonly must?: boolean }[],
  acceptance: object | null,
  model = 'openai/gpt-4o-mini',
): GoldenSet {
  const data = rows.map(({ group, tag, must = false }, i) => ({
    word: `w${i}`,
    $case: { name: `c${i}`, must, ...(group ? { group } : {}), ...(tag ? { tags: [tag] } : {}) },
  }));
  // YAML contains JSON.
  const document = parsePrompt(
    JSON.stringify({
      model,
      messages: [{ role: 'user', content: 'Say {{word}}' }],
      testData: data,
      evaluators: [{ name: 'says it', uses: 'promptsmith/contains', with: '{{word}}' }],
      ...(acceptance ? { acceptance } : {}),
    }),
  );
  return { document, plan: createPlan(document, { models: [], rows: document.rows }) };
}

/** Builds a run from real events. */
export function buildRun(run: LossyRun, { plan }: GoldenSet): AttachedEval {
  const report = new Report();
  const at = '2026-11-21T09:30:01.000Z';
  report.add({
    t: 'start',
    v: 2,
    run: headerOf(plan, {
      id: run.id,
      models: run.models,
      model: run.models[0] ?? null,
      origins: ['http://127.0.0.1'],
      repeat: run.repeat,
      leftOut: { only: 0, filter: 0, shard: 0, holdout: 0 },
      at,
    }),
  });
  for (const job of run.jobs) for (const event of listEvents(run, job, at)) report.add(event);
  report.add({ t: 'end', reason: 'done', at });
  const summary = report.summary();
  assert.ok(summary);
  return { ...summary, cases: report.cases(plan.cases) };
}

function* listEvents(run: LossyRun, given: LossyJob, at: string): Generator<RunEvent> {
  const { passed, score, latencyMs, cost, lost } = given;
  const job = `${given.case}|${given.model}|${given.repeat}`;
  const common = { job, cached: false, attempts: 1, at } as const;
  if (lost === 'answer') {
    const error = { kind: 'timeout', message: 'late' } as const;
    yield { t: 'answer', error, ...common, cost: null };
    yield { t: 'score', job, results: [], score: null, outcome: 'errored' };
    return;
  }
  const end = { text: 'w', finishReason: 'stop', usage: null, servedBy: 'm' } as const;
  const answeredAt = `${run.id} ${job}`;
  yield {
    t: 'answer',
    answer: { ...end, latencyMs },
    ...common,
    cost,
    source: 'model',
    answeredAt,
  };
  const check = { name: 'says it', kind: 'contains', weight: 1, detail: '', cost: 0 };
  const judge = { name: 'tone', kind: 'llm', metric: JUDGED, detail: '', cost: 0 };
  const weight = run.judgeWeight;
  const results: EvaluatorResult[] = [
    { ...check, score: Number(passed), passed },
    lost === 'score'
      ? { ...judge, weight, score: null, passed: null, error: 'no reply' }
      : { ...judge, weight, score, passed: score >= 0.5 },
  ];
  yield { t: 'score', job, results, ...combineResults(results, undefined) };
}

/** Deletes answers and single scores: each with this chance, in bursts of some length. */
export function deleteJobs(run: LossyRun, share: number, burst: number, random: Rng): LossyRun {
  let left = 0;
  const jobs = run.jobs.map((job): LossyJob => {
    if (left === 0 && random.uniform() < share / burst) left = burst;
    if (left === 0) return job;
    left--;
    return { ...job, lost: random.uniform() < 0.7 ? 'answer' : 'score' };
  });
  return { ...run, jobs };
}

/** Fills in what is missing: `fill` gives the values of a job; a judge's score only if just that is missing. */
export function completeRun(run: LossyRun, fill: (job: LossyJob) => GivenJob): LossyRun {
  const jobs = run.jobs.map((job): LossyJob => {
    const { lost, ...known } = job;
    if (lost === undefined) return job;
    const given = fill(job);
    return lost === 'answer' ? { ...known, ...given } : { ...known, score: given.score };
  });
  return { ...run, jobs };
}
