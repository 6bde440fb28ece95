import { parseJobId } from '../ids.ts';
import type { FinishReason, ModelError } from '../model.ts';
import type { AnswerEvent, EvaluatorResult, Outcome, RunEvent, ScoreEvent } from '../run-event.ts';

/** Why a repeat of a case did not pass: its failed checks, with its answer. */
export interface Failure {
  /** Counts from 0. */
  readonly repeat: number;
  readonly outcome: Outcome;
  /** The failed evaluators. */
  readonly results: readonly EvaluatorResult[];
  /** Why the answer fails whatever its checks report. */
  readonly fault?: string;
  /** The start of the answer; absent if there was none. */
  readonly answer?: string;
  readonly finishReason?: FinishReason;
  readonly error?: Pick<ModelError, 'kind' | 'status' | 'message'>;
}

/** Longer answers are cut off, unless the log is for a report that shows them whole. */
const MAX_ANSWER_LENGTH = 2_000;

/** Keeps why each repeat of a case did not pass, and the models that answered. Passed ones take no memory. */
export class CaseLog {
  readonly servedBy = new Set<string>();
  readonly #maxAnswerLength: number;
  readonly #answers = new Map<string, AnswerEvent>();
  readonly #failures = new Map<string, Map<number, Failure>>();

  /** `maxAnswerLength` in UTF-16 units. */
  constructor(maxAnswerLength = MAX_ANSWER_LENGTH) {
    this.#maxAnswerLength = maxAnswerLength;
  }

  /** A later event of the same job replaces the earlier one. */
  add(event: RunEvent): void {
    if (event.t === 'answer') {
      this.#answers.set(event.job, event);
      if (event.answer) this.servedBy.add(event.answer.servedBy);
    }
    if (event.t !== 'score') return;
    const answer = this.#answers.get(event.job);
    this.#answers.delete(event.job);
    const key = parseJobId(event.job);
    if (!key) return;
    const name = failureKey(key.case, key.model);
    const known = this.#failures.get(name);
    if (event.outcome === 'passed' || event.outcome === 'skipped') {
      known?.delete(key.repeat);
      return;
    }
    const failures = known ?? new Map<number, Failure>();
    this.#failures.set(name, failures);
    failures.set(key.repeat, createFailure(key.repeat, event, answer, this.#maxAnswerLength));
  }

  /** The first repeat that failed, else the first one without an answer or a verdict. */
  findFailure(id: string, model: string): Failure | undefined {
    const all = this.listFailures(id, model);
    return all.find(({ outcome }) => outcome === 'failed') ?? all[0];
  }

  /** All repeats that did not pass, in their order. */
  listFailures(id: string, model: string): readonly Failure[] {
    const failures = this.#failures.get(failureKey(id, model));
    return failures ? [...failures.values()].sort((a, b) => a.repeat - b.repeat) : [];
  }
}

function createFailure(
  repeat: number,
  { outcome, results, fault }: ScoreEvent,
  { answer, error }: Pick<AnswerEvent, 'answer' | 'error'> = {},
  maxLength: number,
): Failure {
  const failed = results.filter(
    ({ passed, error: why, weight }) => why !== undefined || (passed === false && weight > 0),
  );
  return {
    repeat,
    outcome,
    results: failed,
    ...(fault ? { fault: fault.message } : {}),
    ...(answer
      ? { answer: answer.text.slice(0, maxLength), finishReason: answer.finishReason }
      : {}),
    ...(error
      ? {
          error: {
            kind: error.kind,
            message: error.message,
            ...(error.status === undefined ? {} : { status: error.status }),
          },
        }
      : {}),
  };
}

function failureKey(id: string, model: string): string {
  return `${id}|${model}`;
}
