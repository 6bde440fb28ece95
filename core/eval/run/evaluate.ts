import type { Evaluator } from '../../prompt/document.ts';
import { Arguments } from '../checks/arguments.ts';
import type { Check, CheckContext, CheckInput, CheckVerdict } from '../checks/check.ts';
import { evaluatorKind, findCheck } from '../checks/index.ts';
import { readArguments } from '../checks/read-arguments.ts';
import { transform } from '../checks/transform.ts';
import type { Compat } from '../plan/plan.ts';
import type { EvaluatorResult, Outcome } from '../run-event.ts';
import { RunStopped } from '../run-stopped.ts';
import { readAsGhModels } from './gh-models.ts';

/** An answer to judge, with the details of its call that evaluators use. */
export type Subject = Omit<CheckInput, 'evaluator' | 'args' | 'text'>;

/**
 * Judges an answer. Returns one result per evaluator, in order. Throws only when the run ends. With
 * `compat` the base format's evaluators judge as that program does.
 */
export async function evaluate(
  evaluators: readonly Evaluator[],
  subject: Subject,
  context: CheckContext,
  compat: Compat | null = null,
): Promise<EvaluatorResult[]> {
  const results: EvaluatorResult[] = [];
  for (const given of evaluators) {
    const other = compat === null ? null : readAsGhModels(given);
    const evaluator = other?.evaluator ?? given;
    const check = other?.check ?? findCheck(evaluator);
    results.push(toEvaluatorResult(evaluator, await runCheck(evaluator, check, subject, context)));
  }
  return results;
}

/**
 * Combines the results of a case. Without a threshold every weighted check must pass; with one, the
 * weighted mean must reach it. A check of weight 0 is only measured. Unmeasurable checks are ignored; if
 * none is left, the outcome is `no-checks`, never a pass.
 */
export function combineResults(
  results: readonly EvaluatorResult[],
  threshold: number | undefined,
): { outcome: Outcome; score: number | null } {
  const weighted = results.filter((r) => r.weight > 0);
  const measured = weighted.filter((r) => r.passed !== null && r.score !== null);
  const errored = weighted.some((r) => r.error !== undefined);
  const total = measured.reduce((sum, r) => sum + r.weight, 0);
  const mean = measured.reduce((sum, r) => sum + (r.score ?? 0) * r.weight, 0) / total;
  const score = errored || total === 0 ? null : mean;
  if (threshold === undefined && measured.some((r) => r.passed === false)) {
    return { outcome: 'failed', score };
  }
  if (errored) return { outcome: 'errored', score };
  if (score === null) return { outcome: 'no-checks', score };
  // Three thirds do not add up to exactly one.
  const passed = threshold === undefined || score >= threshold - 1e-12;
  return { outcome: passed ? 'passed' : 'failed', score };
}

async function runCheck(
  evaluator: Evaluator,
  check: ReturnType<typeof findCheck>,
  subject: Subject,
  context: CheckContext,
): Promise<CheckVerdict> {
  if ('error' in check) return { kind: 'error', message: check.error };
  const args = readCheckArguments(check, evaluator, subject);
  if ('error' in args) return { kind: 'error', message: args.error };
  try {
    const { text, raw } = subject.answer;
    const whole = check.readsThoughts ? (raw ?? text) : text;
    const picked = transform(whole, evaluator.transform, context.regex);
    if (picked.kind === 'error') return picked;
    if (picked.kind === 'failed') {
      return { kind: 'judged', score: 0, passed: false, detail: picked.detail };
    }
    const input: CheckInput = { ...subject, evaluator, args: args.args, text: picked.text };
    const verdict = applyThreshold(await check.run(input, context), check, evaluator);
    const changed =
      evaluator.transform !== undefined && verdict.kind === 'judged' && !verdict.passed;
    return changed && verdict.actual === undefined ? { ...verdict, actual: picked.text } : verdict;
  } catch (error) {
    if (error instanceof RunStopped) throw error;
    return { kind: 'error', message: `the check failed to run: ${(error as Error).message}` };
  }
}

function readCheckArguments(
  check: Check,
  { body, threshold }: Evaluator,
  { values, allowMissing }: Subject,
): { args: Arguments } | { error: string } {
  if (check.namespace === 'base') return { args: new Arguments() };
  const limit = check.thresholdParameter;
  const preset =
    limit === undefined || threshold === undefined ? undefined : { [limit]: threshold };
  const node = body.type === 'uses' ? body.with : null;
  return readArguments(check.parameters, node, values, allowMissing, preset);
}

/** Applies the evaluator's own threshold, then its negation. An error stays an error. */
function applyThreshold(
  verdict: CheckVerdict,
  check: Check,
  { body, threshold }: Evaluator,
): CheckVerdict {
  if (verdict.kind !== 'judged') return verdict;
  const own = threshold !== undefined && check.thresholdParameter === undefined;
  const passed = own ? verdict.score >= threshold : verdict.passed;
  const detail = own ? `${verdict.detail}; required: ${threshold}` : verdict.detail;
  if (body.type !== 'uses' || !body.negated) return { ...verdict, passed, detail };
  const { expected: _, ...rest } = verdict;
  return {
    ...rest,
    score: 1 - verdict.score,
    passed: !passed,
    detail: passed ? `unexpected: ${detail}` : detail,
  };
}

function toEvaluatorResult(evaluator: Evaluator, verdict: CheckVerdict): EvaluatorResult {
  const { name, metric, weight } = evaluator;
  const base = {
    name,
    kind: evaluatorKind(evaluator),
    weight,
    ...(metric === undefined ? {} : { metric }),
  };
  switch (verdict.kind) {
    case 'judged': {
      const { kind: _, cost = 0, ...rest } = verdict;
      return { ...base, ...rest, cost };
    }
    case 'unmeasurable':
      return {
        ...base,
        score: null,
        passed: null,
        detail: `not measurable: ${verdict.detail}`,
        cost: 0,
      };
    case 'error': {
      const { message, cost = 0 } = verdict;
      return { ...base, score: null, passed: null, detail: message, error: message, cost };
    }
    default:
      return verdict satisfies never;
  }
}
