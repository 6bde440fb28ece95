import { formatPercent } from '../../format-percent.ts';
import type { Acceptance } from '../../prompt/document.ts';
import type { CaseSummary, Summary } from './report.ts';

/** One acceptance criterion and the run's actual value. */
export interface AcceptancePart {
  /** `passRate`, `errorRate`, `p95LatencyMs`, `maxCostPerCall`, `metrics.<name>`, or `must` for a case. */
  readonly name: string;
  /** The case, for `must`. */
  readonly case?: string;
  readonly limit: number;
  /** Null if the run does not have this value. */
  readonly actual: number | null;
  /** Null = not measurable in this run (latency of stored answers, cost without a price). */
  readonly met: boolean | null;
}

/** Whether a run meets the acceptance criteria of its file. */
export interface AcceptanceResult {
  /** No part failed. */
  readonly met: boolean;
  readonly parts: readonly AcceptancePart[];
}

/**
 * Checks a run against the file's `acceptance` and its required tests (`$case.must`), of which every repeat
 * must pass. Exit codes, test views and release gates all use this. `must` contains case ids; cases that
 * were not run are ignored. Null if the file has no criteria.
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

/** Describes a criterion: `passRate is 84 %, required: at least 90 %`. */
export function describeAcceptancePart({ name, case: id, limit, actual }: AcceptancePart): string {
  if (id !== undefined)
    return `required test ${id}: ${actual === null ? 'it has no checks' : `${formatPercent(actual)} of its repeats passed`}`;
  const asks = AT_MOST.has(name) ? 'at most' : 'at least';
  const has = actual === null ? 'was not measured' : 'is';
  return `${name} ${has}${actual === null ? '' : ` ${formatValue(name, actual)}`}, required: ${asks} ${formatValue(name, limit)}`;
}

function* listParts(acceptance: Acceptance, summary: Summary): Generator<AcceptancePart> {
  const { passRate, errorRate, p95LatencyMs, maxCostPerCall, metrics = {} } = acceptance;
  if (passRate !== undefined) yield atLeast('passRate', passRate, summary.passRate?.value);
  if (errorRate !== undefined) yield atMost('errorRate', errorRate, computeErrorRate(summary));
  if (p95LatencyMs !== undefined)
    yield atMost('p95LatencyMs', p95LatencyMs, summary.latency?.p95 ?? null);
  if (maxCostPerCall !== undefined)
    yield atMost('maxCostPerCall', maxCostPerCall, summary.callCost?.max ?? null);
  // A metric without scores is probably a typo, so it is not met.
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

/** Rounding errors in a mean must not fail a criterion. */
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

/** The share of errored cases among all that were run. */
function computeErrorRate({ totals: t }: Summary): number | null {
  const asked = t.passed + t.failed + t.errored + t.noChecks;
  return asked === 0 ? null : t.errored / asked;
}

function formatValue(name: string, value: number): string {
  if (name === 'maxCostPerCall') return `$${Number(value.toPrecision(3))}`;
  if (name === 'p95LatencyMs') return `${Math.round(value)} ms`;
  return name.startsWith('metrics.') ? String(Number(value.toFixed(3))) : formatPercent(value);
}
