import { parseJobId } from '../ids.ts';
import type { AnswerEvent, EvaluatorResult, RunEvent } from '../run-event.ts';

/** Why a case did not pass: the failed checks of one repeat, with its answer. */
export interface Failure {
  readonly repeat: number;
  /** The failed evaluators. */
  readonly results: readonly EvaluatorResult[];
  /** The start of the answer; absent if there was none. */
  readonly answer?: string;
  readonly error?: string;
}

/** Longer answers are cut off. */
const MAX_ANSWER_LENGTH = 2_000;

/** Keeps the first failure of each case, and the models that answered. Passed cases take no memory. */
export class CaseLog {
  readonly servedBy = new Set<string>();
  readonly #answers = new Map<string, AnswerEvent>();
  readonly #failures = new Map<string, Failure>();

  add(event: RunEvent): void {
    if (event.t === 'answer') {
      this.#answers.set(event.job, event);
      if (event.answer) this.servedBy.add(event.answer.servedBy);
    }
    if (event.t !== 'score') return;
    const answer = this.#answers.get(event.job);
    this.#answers.delete(event.job);
    const key = parseJobId(event.job);
    if (!key || event.outcome === 'passed' || event.outcome === 'skipped') return;
    const name = failureKey(key.case, key.model);
    if (this.#failures.has(name)) return;
    const results = event.results.filter(
      ({ passed, error, weight }) => error !== undefined || (passed === false && weight > 0),
    );
    const text = answer?.answer?.text;
    const error = answer?.error?.message;
    this.#failures.set(name, {
      repeat: key.repeat,
      results,
      ...(text === undefined ? {} : { answer: text.slice(0, MAX_ANSWER_LENGTH) }),
      ...(error === undefined ? {} : { error }),
    });
  }

  findFailure(id: string, model: string): Failure | undefined {
    return this.#failures.get(failureKey(id, model));
  }
}

function failureKey(id: string, model: string): string {
  return `${id}|${model}`;
}
