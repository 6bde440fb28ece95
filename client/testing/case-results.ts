import { parseJobId } from '#core/eval/ids.ts';
import { combineOutcomes } from '#core/eval/report/combine-outcomes.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { suggestRemedy } from '#core/eval/run/suggest-remedy.ts';
import type { AnswerEvent, Outcome, RunEvent, ScoreEvent } from '#core/eval/run-event.ts';

/** Answers are shown up to this length. */
const MAX_SHOWN = 4_000;

/** Why a case did not pass. */
export interface CaseMessage {
  readonly text: string;
  /** What was expected and what came, where they can be compared. */
  readonly diff?: { readonly expected: string; readonly actual: string };
}

/** The result of a case over its repeats. */
export interface CaseResult {
  readonly kind: 'result';
  readonly id: string;
  readonly outcome: Outcome;
  readonly messages: readonly CaseMessage[];
  /** Of all its calls. */
  readonly ms: number;
}

/** What a run event means for its case. */
export type CaseChange = { readonly kind: 'started'; readonly id: string } | CaseResult;

/** What is known about a case whose repeats have not all finished. */
interface Pending {
  readonly outcomes: Outcome[];
  readonly messages: CaseMessage[];
  count: number;
  ms: number;
}

/**
 * Combines the events of a run to one result per case, over its repeats on one model: other models are compared
 * with it, and decide nothing about the prompt.
 */
export class CaseResults {
  readonly #isShown: (id: string) => boolean;
  /** Calls of each case. */
  readonly #calls: number;
  readonly #model: string;
  readonly #answers = new Map<string, AnswerEvent>();
  readonly #pending = new Map<string, Pending>();
  readonly #seen = new Set<string>();

  /** Cases that are not shown are left out. `calls`: of each case on the model. */
  constructor(isShown: (id: string) => boolean, calls: number, model: string) {
    this.#isShown = isShown;
    this.#calls = calls;
    this.#model = model;
  }

  add(event: RunEvent): CaseChange | null {
    const key = 'job' in event ? parseJobId(event.job) : null;
    if (!key || key.model !== this.#model || !this.#isShown(key.case)) return null;
    this.#seen.add(key.case);
    if (event.t === 'answer') {
      this.#answers.set(event.job, event);
      return { kind: 'started', id: key.case };
    }
    if (event.t !== 'score') return null;
    const answer = this.#answers.get(event.job);
    this.#answers.delete(event.job);
    const pending = this.#pending.get(key.case) ?? newPending();
    this.#pending.set(key.case, pending);
    pending.outcomes.push(event.outcome);
    pending.messages.push(...listMessages(event, answer));
    pending.count++;
    pending.ms += answer?.answer?.latencyMs ?? 0;
    return pending.count === this.#calls ? this.#complete(key.case, pending) : null;
  }

  /** The cases of which some repeats were done earlier. */
  finish(): CaseResult[] {
    return [...this.#pending].map(([id, pending]) => this.#complete(id, pending));
  }

  /** The cases whose results are all from an earlier part of the run. */
  listEarlier(cases: readonly CaseSummary[]): CaseResult[] {
    return cases.flatMap(({ id, model = this.#model, outcome }): CaseResult[] => {
      if (model !== this.#model || this.#seen.has(id) || !this.#isShown(id)) return [];
      const isBad = outcome === 'failed' || outcome === 'errored';
      return [{ kind: 'result', id, outcome, messages: isBad ? [EARLIER] : [], ms: 0 }];
    });
  }

  #complete(id: string, { outcomes, messages, ms }: Pending): CaseResult {
    this.#pending.delete(id);
    return { kind: 'result', id, outcome: combineOutcomes(outcomes), messages, ms };
  }
}

const EARLIER: CaseMessage = {
  text: 'This result is from an earlier part of the run. Show Evaluation Results shows its answer.',
};

function newPending(): Pending {
  return { outcomes: [], messages: [], count: 0, ms: 0 };
}

function listMessages(
  { results, fault }: ScoreEvent,
  event: AnswerEvent | undefined,
): CaseMessage[] {
  const text = event?.answer?.text.slice(0, MAX_SHOWN);
  const messages = results.flatMap((result): CaseMessage[] => {
    const { name, detail, error, passed, weight, expected } = result;
    if (error !== undefined) return [{ text: `${name}: ${error}` }];
    if (passed !== false || weight === 0) return [];
    const actual = result.actual ?? text ?? '';
    return expected === undefined
      ? [{ text: `${name}: ${detail}\n\nAnswer:\n${actual}` }]
      : [{ text: `${name}: ${detail}`, diff: { expected, actual } }];
  });
  // How the answer ended is the reason, whatever its checks report.
  if (fault)
    messages.unshift({ text: text ? `${fault.message}\n\nAnswer:\n${text}` : fault.message });
  else if (event?.error) {
    const remedy = suggestRemedy(event.error);
    messages.push({ text: `${event.error.message}${remedy === null ? '' : `\n\n${remedy}`}` });
  }
  return messages;
}
