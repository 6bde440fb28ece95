import { listAskedIds } from '../eval/plan/plan.ts';
import {
  assessRun,
  type Evidence,
  findEvidence,
  findResult,
  type RunDemand,
  type RunProblem,
} from '../eval/report/assess-run.ts';
import type { AnswerSources } from '../eval/report/summary.ts';
import type { Hash } from '../hash.ts';
import type { ComparedPrompt } from './change.ts';
import type { Policy } from './policy.ts';
import { type PooledRuns, poolRuns } from './pool-runs.ts';
import type { AttachedEval, VersionRecord } from './registry.ts';

/** A version with its content and the runs that may be about it. */
export interface GatedVersion extends EvaluatedContent {
  readonly version: VersionRecord;
  /** The version is no longer in the registry: its content is unknown, and it has no runs. */
  readonly isGone?: true;
}

/** A content with the runs that may be about it. */
export interface EvaluatedContent {
  readonly version: Pick<VersionRecord, 'hashes'>;
  readonly prompt: ComparedPrompt;
  readonly runs: readonly AttachedEval[];
}

/** What the runs of a version are judged by. */
export interface FitBasis {
  readonly policy: Pick<Policy, 'maxErrorRate' | 'evidence' | 'maxAnswerAge'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The evaluators of the version that is promoted, on both sides. */
  readonly checks: Hash;
  /** For a content without a model of its own: the only one that counts, so that both sides have one. */
  readonly model?: string | undefined;
  /** Only answers of this kind, so that both sides are of one kind. */
  readonly like?: Evidence | null;
  /** Only for the label's version: the one that is promoted, whose rows it may have run. */
  readonly at?: EvaluatedContent;
}

/** The fit runs of a version, or why there is none. */
export interface FitRuns {
  readonly pooled: PooledRuns | null;
  /** Where the answers of the pooled runs are from. */
  readonly evidence: Evidence | null;
  /** Of the newest runs, at most three. */
  readonly reasons: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const KINDS: readonly Evidence[] = ['model', 'recorded', 'samples'];

/** Finds the runs of a version that are fit as evidence, all of the strongest kind that occurs. */
export function findFitRuns(
  { version, prompt, runs }: EvaluatedContent,
  { policy, now, checks, model: wanted, like = null, at }: FitBasis,
): FitRuns {
  const { acceptance } = prompt.document;
  const model = prompt.document.model ?? wanted ?? null;
  const own = acceptance?.errorRate ?? Number.POSITIVE_INFINITY;
  const demand: RunDemand = {
    prompt: version.hashes.prompt,
    checks,
    model,
    maxErrorRate: Math.min(policy.maxErrorRate, own),
    evidence: policy.evidence,
    oldestAnswer: new Date(now - policy.maxAnswerAge * DAY_MS).toISOString(),
  };
  const data = [version.hashes.data, listAskedIds(prompt.document, prompt.rows)] as const;
  const other = at
    ? ([at.version.hashes.data, listAskedIds(at.prompt.document, at.prompt.rows)] as const)
    : data;
  const judged = runs.map((run) => {
    // The label's version may have run the rows of the version that is promoted.
    const [hash, ids] = run.run.hashes.data === other[0] ? other : data;
    const use = at ? 'baseline' : 'gate';
    const problems = assessRun(use, run, { ...demand, data: { hash, ids } });
    const result = findResult(run, model);
    return { run, problems, kind: result ? findEvidence(result.answers) : null };
  });
  const fit = judged.filter(({ problems }) => problems.length === 0);
  const kind = KINDS.find(
    (one) => (like === null || one === like) && fit.some((run) => run.kind === one),
  );
  if (kind === undefined) return { pooled: null, evidence: null, reasons: describe(judged, like) };
  const members = fit.filter((run) => run.kind === kind).map(({ run }) => run);
  // Runs on different models are no repeats: without a model of its own the newest run's counts.
  const [newest] = members.toSorted((a, b) => (a.run.at < b.run.at ? 1 : -1));
  const counted = model ?? newest?.run.models[0] ?? null;
  const alike = members.filter((run) => findResult(run, counted));
  return { pooled: poolRuns(alike, counted), evidence: kind, reasons: [] };
}

/**
 * `24 of 24 cases passed on openai/gpt-4o-mini (95 % CI 86–100 %), run 2026… of 2026-11-28, 24 answers from the
 * model`; of several runs the result of each.
 */
export function describePool({ figures, runs }: PooledRuns): string {
  const { passed, failed } = figures.cases;
  const rate = figures.passRate;
  const interval = rate
    ? ` (95 % CI ${Math.floor(rate.low * 100)}–${Math.ceil(rate.high * 100)} %)`
    : '';
  const shown = runs.slice(0, MAX_SHOWN).map((run) => describeRun(run, figures.model));
  const more = runs.length > MAX_SHOWN ? [`${runs.length - MAX_SHOWN} more`] : [];
  const together = runs.length === 1 ? 'run' : `${runs.length} runs together:`;
  return `${passed} of ${passed + failed + figures.cases.errored} cases passed on ${figures.model}${interval}, ${together} ${[...shown, ...more].join(', ')}`;
}

const MAX_SHOWN = 3;

function describeRun(run: AttachedEval, model: string): string {
  const result = findResult(run, model);
  const { passed = 0, failed = 0 } = result?.cases ?? {};
  const source = result ? `, ${describeSources(result.answers)}` : '';
  return `${run.run.id} of ${run.run.at.slice(0, 10)} with ${passed}/${passed + failed}${source}`;
}

/** `40 answers from the model, 8 from the cache (the oldest of 2026-11-02)`. */
function describeSources({ model, cache, recording, sample, oldest }: AnswerSources): string {
  const parts = [
    ...(model > 0 ? [`${model} from the model`] : []),
    ...(cache > 0 ? [`${cache} from the cache`] : []),
    ...(recording > 0 ? [`${recording} from recordings`] : []),
    ...(sample > 0 ? [`${sample} samples written by hand`] : []),
  ];
  const age = oldest !== null && model === 0 ? ` (the oldest of ${oldest.slice(0, 10)})` : '';
  return `answers: ${parts.join(', ')}${age}`;
}

function describe(
  judged: readonly {
    readonly run: AttachedEval;
    readonly problems: readonly RunProblem[];
    readonly kind: Evidence | null;
  }[],
  like: Evidence | null,
): string[] {
  return judged
    .toSorted((a, b) => (a.run.run.at < b.run.run.at ? 1 : -1))
    .filter(({ problems }) => !problems.some(({ code }) => code === 'other-prompt'))
    .slice(0, MAX_SHOWN)
    .map(({ run, problems }) => {
      const texts = problems.map(({ text }) => text);
      const why =
        texts.length > 0 ? texts.join(', ') : `its answers are not ${SOURCES[like ?? 'model']}`;
      return `run ${run.run.id}: ${why}`;
    });
}

const SOURCES: Readonly<Record<Evidence, string>> = {
  model: 'from the model',
  recorded: 'from recordings',
  samples: 'samples',
};
