import type { Evaluator } from '../../prompt/document.ts';
import { findCheck } from '../checks/index.ts';
import type { Answer } from '../model.ts';
import type { AnswerEvent, AnswerFault, EvaluatorResult } from '../run-event.ts';

/**
 * Finds why an answer fails whatever its checks report: it is empty, cut off, refused, or only a tool call,
 * and no weighted evaluator asks for that. `results` are those of `evaluators`, in their order. Null if the
 * answer ended as it should.
 */
export function findFault(
  answer: Answer,
  evaluators: readonly Evaluator[],
  results: readonly EvaluatorResult[],
): AnswerFault | null {
  const fault = findEnd(answer);
  if (!fault) return null;
  const weighted = evaluators.flatMap((evaluator, i) => {
    const result = results[i];
    return result && result.weight > 0 ? [{ evaluator, passed: result.passed }] : [];
  });
  const isExpected = weighted.some(
    ({ evaluator, passed }) => passed === true && expects(evaluator, fault.code),
  );
  if (isExpected) return null;
  const isWhole = weighted.length > 0 && weighted.every(({ evaluator }) => readsWhole(evaluator));
  return fault.code === 'cut-off' && isWhole ? null : fault;
}

function findEnd({ text, finishReason }: Answer): AnswerFault | null {
  if (finishReason === 'content-filter')
    return { code: 'refused', message: 'the provider’s filter refused it' };
  if (finishReason === 'tool')
    return { code: 'tool-call', message: 'answered with a tool call only' };
  if (text.trim() === '') {
    const why = finishReason === 'length' ? ': thinking used up the token limit' : '';
    return { code: 'empty', message: `empty answer${why}` };
  }
  return finishReason === 'length'
    ? { code: 'cut-off', message: 'cut off at the token limit' }
    : null;
}

/**
 * The fault of a request that the service refuses for what it contains, or that cannot be sent at all; null
 * for any other error.
 */
export function findRequestFault({
  error,
  attempts,
}: Pick<AnswerEvent, 'error' | 'attempts'>): AnswerFault | null {
  if (error?.kind !== 'bad-request' && error?.kind !== 'context-length') return null;
  const what = attempts === 0 ? 'the request cannot be sent' : 'the request was refused';
  return { code: 'rejected', message: `${what}: ${error.message}` };
}

function expects(evaluator: Evaluator, fault: AnswerFault['code']): boolean {
  const check = findCheck(evaluator);
  if ('error' in check || isNegated(evaluator)) return false;
  return check.expects?.(fault, evaluator) ?? false;
}

/** Transforms that keep all of the answer. */
const KEEPS_WHOLE: ReadonlySet<string> = new Set(['', 'trim', 'lower', 'strip-fences']);

function readsWhole(evaluator: Evaluator): boolean {
  const check = findCheck(evaluator);
  if ('error' in check || isNegated(evaluator)) return false;
  const isWhole = check.readsWhole?.(evaluator) ?? false;
  return isWhole && KEEPS_WHOLE.has(evaluator.transform?.trim() ?? '');
}

function isNegated({ body }: Evaluator): boolean {
  return body.type === 'uses' && body.negated;
}
