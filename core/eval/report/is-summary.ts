import type { Comparison } from '../compare/comparison.ts';
import type { Summary } from './summary.ts';

/**
 * True if a value read from a file has the parts of a summary that its readers rely on: one that was cut off,
 * edited or written by another program may lack any of them.
 */
export function isSummary(value: unknown): value is Summary {
  if (!isRecord(value) || !isHeader(value.run) || !isRecord(value.totals)) return false;
  const { totals, results, passRate, answers, durationMs } = value;
  return (
    isCounts(totals) &&
    isJobs(totals.jobs) &&
    isRecord(totals.tokens) &&
    isFigure(totals.cost) &&
    isNumber(totals.unknownCalls) &&
    isNumber(durationMs) &&
    isRate(passRate) &&
    isRecord(answers) &&
    Array.isArray(results) &&
    results.every(isResult)
  );
}

/** True if a value has the parts of a run's header that every version writes. */
export function isHeader(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.hashes)) return false;
  const { id, promptId, path, at, models, origins, hashes, repeat, cases } = value;
  return (
    [id, promptId, path, at, hashes.prompt, hashes.data, hashes.checks].every(isText) &&
    Array.isArray(models) &&
    models.every(isText) &&
    Array.isArray(origins) &&
    isNumber(repeat) &&
    isNumber(cases)
  );
}

/** True if a value has the parts of a comparison that its descriptions rely on. */
export function isComparison(value: unknown): value is Comparison {
  if (!isRecord(value) || !isRecord(value.passRates) || !isRecord(value.leftOut)) return false;
  const { verdict, base, passRates, leftOut, missing, interval } = value;
  return (
    [verdict, base].every(isText) &&
    [value.toFailed, value.toPassed, value.differs, interval].every(Array.isArray) &&
    [leftOut.base, leftOut.candidate].every(Array.isArray) &&
    [passRates.base, passRates.candidate, value.cases, value.delta, value.p].every(isNumber) &&
    [value.margin, value.detectable].every(isNumber) &&
    isRecord(missing)
  );
}

function isResult(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.cases)) return false;
  const { model, cases, jobs, passRate, answers, metrics, changes = [] } = value;
  return (
    isText(model) &&
    isCounts(cases) &&
    isJobs(jobs) &&
    isRate(passRate) &&
    isRecord(answers) &&
    isRecord(metrics) &&
    isChanges(changes)
  );
}

function isChanges(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one) => isRecord(one) && [one.key, one.effect, one.reason].every(isText))
  );
}

function isCounts({
  passed,
  failed,
  errored,
  skipped,
  noChecks,
}: Record<string, unknown>): boolean {
  return [passed, failed, errored, skipped, noChecks].every(isNumber);
}

function isJobs(value: unknown): boolean {
  return isRecord(value) && isNumber(value.asked) && isNumber(value.answered);
}

function isRate(value: unknown): boolean {
  if (value === null) return true;
  return isRecord(value) && [value.value, value.low, value.high].every(isNumber);
}

function isFigure(value: unknown): boolean {
  return value === null || isNumber(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
