import { formatPercent } from '../../format-percent.ts';
import type { Acceptance } from '../../prompt/document.ts';
import type { CaseSummary, Summary } from './report.ts';

/** One demand on a run, and what the run has. */
export interface AcceptancePart {
  /** `passRate`, `errorRate`, `p95LatencyMs`, `maxCostPerCall`, `metrics.<name>`, or `must` for a case. */
  readonly name: string;
  /** The case, for `must`. */
  readonly case?: string;
  readonly limit: number;
  /** Null when the run has no such figure. */
  readonly actual: number | null;
  /** Null = not measurable here (latency of stored answers, cost without a price): neither met nor not. */
  readonly met: boolean | null;
}

/** Whether a run is good enough by what its file says. */
export interface AcceptanceResult {
  /** No part failed. */
  readonly met: boolean;
  readonly parts: readonly AcceptancePart[];
}

/**
 * Holds a run against the file's `acceptance` and its `$case.must` cases, whose every repeat has to pass:
 * the one definition for exit codes, test views and release gates. `must` are case ids; those that
 * were not run are not asked. Null when the file demands nothing.
 */
export function judgeAcceptance(
  acceptance: Acceptance | null,
  summary: Summary,
  cases: readonly CaseSummary[],
  must: ReadonlySet<string>,
): AcceptanceResult | null {
  const parts = [...listParts(acceptance ?? {}, summary), ...listRequiredTests(cases, must)];
  if (parts.length === 0) return null;
  return { met: parts.every(({ met }) => met !== false), parts };
}

/** `pass rate 0.84, 0.9 is asked for`: a part as a sentence. */
export function describeAcceptancePart({ name, case: id, limit, actual }: AcceptancePart): string {
  if (id !== undefined)
    return `${id} must always pass: ${actual === null ? 'it has no checks' : `${formatPercent(actual)} of its repeats did`}`;
  const asks = AT_MOST.has(name) ? 'at most' : 'at least';
  const has = actual === null ? 'has no figure' : 'is';
  return `${name} ${has}${actual === null ? '' : ` ${figure(name, actual)}`}, ${asks} ${figure(name, limit)} is asked for`;
}

function* listParts(acceptance: Acceptance, summary: Summary): Generator<AcceptancePart> {
  const { passRate, errorRate, p95LatencyMs, maxCostPerCall, metrics = {} } = acceptance;
  if (passRate !== undefined) yield atLeast('passRate', passRate, summary.passRate?.value);
  if (errorRate !== undefined) yield atMost('errorRate', errorRate, computeErrorRate(summary));
  if (p95LatencyMs !== undefined)
    yield atMost('p95LatencyMs', p95LatencyMs, summary.latency?.p95 ?? null);
  if (maxCostPerCall !== undefined)
    yield atMost('maxCostPerCall', maxCostPerCall, summary.callCost?.max ?? null);
  // A metric that no evaluator gives is a slip of the pen: it must not pass for met.
  for (const [name, least] of Object.entries(metrics))
    yield atLeast(`metrics.${name}`, least, summary.metrics[name]);
}

function* listRequiredTests(
  cases: readonly CaseSummary[],
  must: ReadonlySet<string>,
): Generator<AcceptancePart> {
  for (const { id, outcome, passed, repeats } of cases) {
    if (!must.has(id) || outcome === 'skipped') continue;
    const actual = outcome === 'no-checks' ? null : passed / repeats;
    yield { name: 'must', case: id, limit: 1, actual, met: passed === repeats };
  }
}

const AT_MOST: ReadonlySet<string> = new Set(['errorRate', 'p95LatencyMs', 'maxCostPerCall']);

/** Mean scores such as .9 of tenths come out a hair below. */
const SLACK = 1e-9;

function atLeast(name: string, limit: number, actual: number | undefined): AcceptancePart {
  return {
    name,
    limit,
    actual: actual ?? null,
    met: actual !== undefined && actual >= limit - SLACK,
  };
}

function atMost(name: string, limit: number, actual: number | null): AcceptancePart {
  return { name, limit, actual, met: actual === null ? null : actual <= limit + SLACK };
}

/** Errored among all cases that were asked. */
function computeErrorRate({ totals: t }: Summary): number | null {
  const asked = t.passed + t.failed + t.errored + t.noChecks;
  return asked === 0 ? null : t.errored / asked;
}

function figure(name: string, value: number): string {
  if (name === 'maxCostPerCall') return `$${Number(value.toPrecision(3))}`;
  if (name === 'p95LatencyMs') return `${Math.round(value)} ms`;
  return name.startsWith('metrics.') ? String(Number(value.toFixed(3))) : formatPercent(value);
}
