import { compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import type { Hashes } from '#core/eval/hashes.ts';
import { MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import type { ModelResult } from '#core/eval/report/summary.ts';
import { createTokenReport } from '#core/eval/run/create-token-report.ts';
import type { Bump, Change, ComparedPrompt } from '#core/registry/change.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { type EvaluatedContent, findFitRuns } from '#core/registry/find-fit-runs.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { suggestVersion } from '#core/registry/version.ts';
import type { Settings } from '#core/settings.ts';
import { maskChanges } from './mask-changes.ts';
import type { PromptKnowledge } from './prompt-knowledge.ts';

/** One side of a comparison. */
export interface DiffSide extends ComparedPrompt {
  /** Its title: `triage@1.4.0`, `support/triage.prompt.yaml`, `main`. */
  readonly title: string;
  readonly hashes: Hashes;
  /** Runs that sent just this text. */
  readonly runs: readonly AttachedEval[];
}

/** What evals of a prompt measured. Null = unknown. */
export interface MeasuredSide {
  /** The share of the cases that passed, from 0 to 1, with its 95 % confidence interval. */
  readonly passRate: {
    readonly share: number;
    readonly interval: readonly [number, number];
    readonly cases: number;
  } | null;
  /** The mean, in USD. */
  readonly costPerCall: number | null;
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
  /** Means per call. */
  readonly tokens: { readonly input: number; readonly output: number } | null;
}

/** The difference between two prompts. Tokens and USD are the median per call; null = unknown. */
export interface PromptDiff {
  readonly from: string;
  readonly to: string;
  readonly bump: Bump | 'none';
  readonly changes: readonly Change[];
  readonly tokens: { readonly from: number; readonly to: number };
  readonly cost: { readonly from: number; readonly to: number } | null;
  /** The comparison of the fit runs of both sides; null when one side has none. */
  readonly eval: Comparison | null;
  /** What evals of both sides measured; absent when one side was not measured. */
  readonly measured?: { readonly from: MeasuredSide; readonly to: MeasuredSide };
}

/** Compares two prompts: their changes, and the effect on tokens, cost and quality. */
export async function diffPrompts(
  from: DiffSide,
  to: DiffSide,
  settings: Settings,
  knowledge: PromptKnowledge,
): Promise<PromptDiff> {
  const changes = comparePrompts(from, to);
  const [before, after] = [
    await measureSide(from, settings, knowledge),
    await measureSide(to, settings, knowledge),
  ];
  const isPriced = before.cost !== null && after.cost !== null;
  return {
    from: from.title,
    to: to.title,
    bump: suggestVersion('1.0.0', changes).bump,
    changes: await maskChanges(changes, from, to),
    tokens: { from: before.tokens, to: after.tokens },
    cost: isPriced ? { from: before.cost ?? 0, to: after.cost ?? 0 } : null,
    ...compareFitRuns(from, to),
  };
}

async function measureSide(
  { document, rows }: ComparedPrompt,
  settings: Settings,
  knowledge: PromptKnowledge,
): Promise<{ tokens: number; cost: number | null }> {
  const tests = { rows: rows.filter(({ file }) => file !== undefined), problems: [] };
  const { whole, counts, counter, models } = await knowledge.gather({
    file: null,
    prompt: document,
    settings,
    tests,
  });
  const facts = { catalogue: models, settings, path: '', runs: [], counter };
  const report = createTokenReport(whole, counts, facts);
  return { tokens: report.tokens.call.median, cost: report.cost?.call.median ?? null };
}

/** Compares what runs measured that are fit to compare: of whichever kind their answers are, but of one kind. */
function compareFitRuns(from: DiffSide, to: DiffSide): Pick<PromptDiff, 'eval' | 'measured'> {
  const policy = {
    maxErrorRate: MAX_ERROR_RATE,
    evidence: 'samples',
    maxAnswerAge: 36_500,
  } as const;
  const basis = { policy, now: Date.now(), checks: to.hashes.checks };
  const after = findFitRuns(toContent(to), basis);
  if (!after.pooled) return { eval: null };
  const before = findFitRuns(toContent(from), {
    ...basis,
    like: after.evidence,
    at: toContent(to),
  });
  if (!before.pooled) return { eval: null };
  const found = compareRuns(before.pooled.results, after.pooled.results);
  return {
    eval: 'error' in found ? null : (found[0] ?? null),
    measured: {
      from: describeMeasured(before.pooled.figures),
      to: describeMeasured(after.pooled.figures),
    },
  };
}

function toContent({ hashes, document, rows, runs }: DiffSide): EvaluatedContent {
  return { version: { hashes }, prompt: { document, rows }, runs };
}

function describeMeasured(figures: ModelResult): MeasuredSide {
  const { passRate, cases, callCost, latency, callTokens } = figures;
  return {
    passRate: passRate && {
      share: passRate.value,
      interval: [passRate.low, passRate.high],
      cases: cases.passed + cases.failed,
    },
    costPerCall: callCost?.mean ?? null,
    latencyMs: latency && { p50: latency.p50, p95: latency.p95 },
    tokens: callTokens,
  };
}
