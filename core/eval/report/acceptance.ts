import { formatPercent } from '../../format-percent.ts';
import type { Acceptance } from '../../prompt/document.ts';
import { isChecked, isMissing } from './slices.ts';
import type { CaseSummary, ModelResult } from './summary.ts';

/** One acceptance criterion and the run's actual value. */
export interface AcceptancePart {
  /**
   * `passRate`, `p95LatencyMs`, `maxCostPerCall`, `metrics.<name>`, `must` for a case, or `cases` if the file
   * has no criteria: then every case has to pass.
   */
  readonly name: string;
  /** The case, for `must`. */
  readonly case?: string;
  readonly limit: number;
  /** Null if the run does not have this value. */
  readonly actual: number | null;
  /** Null = not measurable in this run (latency of stored answers, cost without a price), or undecided. */
  readonly met: boolean | null;
  /** Missing answers decide whether it is met. */
  readonly undecided?: true;
}

/** Whether a run meets the acceptance criteria of its file. */
export interface AcceptanceResult {
  /** False if a part failed, else null if one is undecided. */
  readonly met: boolean | null;
  /** The file has criteria besides required tests. */
  readonly hasCriteria: boolean;
  readonly parts: readonly AcceptancePart[];
}

/** The figures of one model that acceptance criteria are about. */
export type AcceptedFigures = Pick<
  ModelResult,
  'passRate' | 'latency' | 'callCost' | 'metrics' | 'extremes'
>;

/**
 * Checks the results of a model against the file's `acceptance` and its required tests (`$case.must`), of
 * which every repeat must pass. Without criteria every case has to pass. A part that missing answers could
 * turn is undecided. Exit codes, test views and release gates all use this. `cases` are those of the model;
 * `must` contains case ids, of which those that were not asked are ignored.
 */
export function judgeAcceptance(
  acceptance: Acceptance | null,
  figures: AcceptedFigures,
  cases: readonly CaseSummary[],
  must: ReadonlySet<string>,
): AcceptanceResult {
  const stated = [...listParts(acceptance ?? {}, figures)];
  const parts = [
    ...(stated.length > 0 ? stated : [requireEveryCase(cases)]),
    ...listRequiredTests(cases, must),
  ];
  const isFailed = parts.some(({ met }) => met === false);
  const isUndecided = parts.some(({ undecided }) => undecided);
  return {
    met: isFailed ? false : isUndecided ? null : true,
    hasCriteria: stated.length > 0,
    parts,
  };
}

/**
 * Describes a criterion: `passRate is 84 %, required: at least 90 %`. `names` are what cases are called, by id.
 */
export function describeAcceptancePart(
  part: AcceptancePart,
  names?: ReadonlyMap<string, string>,
): string {
  const { name, case: id, limit, actual, undecided } = part;
  const open = undecided ? '; missing answers decide it' : '';
  if (id !== undefined)
    return `required test ${names?.get(id) ?? id}: ${describeRepeats(part)}${open}`;
  if (name === 'cases')
    return `every case has to pass: ${actual === null ? 'no case was checked' : `${formatPercent(actual)} of cases passed`}${open}`;
  const asks = AT_MOST.has(name) ? 'at most' : 'at least';
  const has = actual === null ? 'was not measured' : 'is';
  return `${name} ${has}${actual === null ? '' : ` ${formatValue(name, actual)}`}, required: ${asks} ${formatValue(name, limit)}${open}`;
}

function describeRepeats({ actual, undecided }: AcceptancePart): string {
  if (actual !== null) return `${formatPercent(actual)} of its repeats passed`;
  return undecided ? 'it has no answer' : 'it has no checks';
}

function* listParts(acceptance: Acceptance, figures: AcceptedFigures): Generator<AcceptancePart> {
  const { passRate, p95LatencyMs, maxCostPerCall, metrics = {} } = acceptance;
  const { extremes } = figures;
  const lacksAnswers = extremes !== undefined && extremes.unanswered > 0;
  if (passRate !== undefined)
    yield atLeast('passRate', passRate, figures.passRate?.value, extremes?.passRate);
  // What an answer takes and costs that is missing has no limit, also where nothing else was measured.
  const unlimited = lacksAnswers ? ([0, null] as const) : undefined;
  if (p95LatencyMs !== undefined) {
    const known = figures.latency?.p95 ?? null;
    const bounds = known === null ? unlimited : extremes?.p95;
    yield atMost('p95LatencyMs', p95LatencyMs, known, bounds);
  }
  if (maxCostPerCall !== undefined) {
    const known = figures.callCost?.max ?? null;
    const bounds = lacksAnswers ? ([known ?? 0, null] as const) : undefined;
    yield atMost('maxCostPerCall', maxCostPerCall, known, bounds);
  }
  // A metric without scores is probably a typo, so it is not met, unless missing answers may have it.
  for (const [name, least] of Object.entries(metrics)) {
    const bounds = extremes?.metrics[name];
    const isOpen = bounds === null || (lacksAnswers && figures.metrics[name] === undefined);
    const known = isOpen ? ([Number.NEGATIVE_INFINITY, null] as const) : bounds;
    yield atLeast(`metrics.${name}`, least, figures.metrics[name], known);
  }
}

/** What a file without criteria requires. Cases without checks have no verdict. */
function requireEveryCase(cases: readonly CaseSummary[]): AcceptancePart {
  const asked = cases.filter((one) => isChecked(one) || isMissing(one));
  const passed = asked.filter(({ outcome }) => outcome === 'passed').length;
  const actual = asked.length === 0 ? null : passed / asked.length;
  const part = { name: 'cases', limit: 1, actual };
  if (asked.some(({ outcome }) => outcome === 'failed')) return { ...part, met: false };
  if (asked.some(({ outcome }) => outcome === 'errored'))
    return { ...part, met: null, undecided: true };
  return { ...part, met: true };
}

function* listRequiredTests(
  cases: readonly CaseSummary[],
  must: ReadonlySet<string>,
): Generator<AcceptancePart> {
  for (const { id, outcome, passed, repeats, missing = 0 } of cases) {
    if (!must.has(id) || outcome === 'skipped') continue;
    const actual = outcome === 'no-checks' || repeats === 0 ? null : passed / repeats;
    const part = { name: 'must', case: id, limit: 1, actual };
    if (passed < repeats || missing === 0) yield { ...part, met: passed === repeats };
    else yield { ...part, met: null, undecided: true };
  }
}

const AT_MOST: ReadonlySet<string> = new Set(['p95LatencyMs', 'maxCostPerCall']);

/** Rounding errors in a mean must not fail a criterion. */
const SLACK = 1e-9;

/** What a value would be with the missing answers at one extreme and at the other; null = unlimited. */
type Bounds = readonly [low: number, high: number | null];

function atLeast(
  name: string,
  limit: number,
  actual: number | undefined,
  bounds?: Bounds,
): AcceptancePart {
  const part = { name, limit, actual: actual ?? null };
  const isMet = (value: number): boolean => value >= limit - SLACK;
  if (!bounds) return { ...part, met: actual !== undefined && isMet(actual) };
  const [low, high] = bounds;
  if (isMet(low)) return { ...part, met: true };
  return high !== null && !isMet(high)
    ? { ...part, met: false }
    : { ...part, met: null, undecided: true };
}

function atMost(
  name: string,
  limit: number,
  actual: number | null,
  bounds?: Bounds,
): AcceptancePart {
  const part = { name, limit, actual };
  const isMet = (value: number): boolean => value <= limit + SLACK;
  if (!bounds) return { ...part, met: actual === null ? null : isMet(actual) };
  const [low, high] = bounds;
  if (!isMet(low)) return { ...part, met: false };
  return high !== null && isMet(high)
    ? { ...part, met: true }
    : { ...part, met: null, undecided: true };
}

function formatValue(name: string, value: number): string {
  if (name === 'maxCostPerCall') return `$${Number(value.toPrecision(3))}`;
  if (name === 'p95LatencyMs') return `${Math.round(value)} ms`;
  return name.startsWith('metrics.') ? String(Number(value.toFixed(3))) : formatPercent(value);
}
