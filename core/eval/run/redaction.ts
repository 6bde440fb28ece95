import { hideValue } from '../../hide-value.ts';
import { parseJobId } from '../ids.ts';
import type { Answer } from '../model.ts';
import type { Plan } from '../plan/plan.ts';
import { CaseValues } from '../plan/request.ts';
import type { AnswerEvent, EvaluatorResult, RunEvent } from '../run-event.ts';

/**
 * Keeps the values of some variables out of stored runs: in the answers, check results and errors of a
 * case they are stored as `[redacted: name]`. The rows still have the values, so that stored answers can
 * be judged again. Case names are stored unchanged.
 */
export class Redaction {
  readonly #values = new Map<string, readonly (readonly [name: string, value: string])[]>();
  /** What servers said of parameters, redacted: every answer repeats it. */
  readonly #reasons = new Map<string, string>();

  constructor(names: readonly string[], { cases, document }: Pick<Plan, 'cases' | 'document'>) {
    for (const item of cases) {
      const values = new CaseValues(item, document);
      const own = names.flatMap((name) => {
        const value = values.text(name)?.trim() ?? '';
        return value === '' ? [] : [[name, value] as const];
      });
      // Longest first, because one value may contain another.
      this.#values.set(
        item.id,
        own.sort(([, a], [, b]) => b.length - a.length),
      );
    }
  }

  /** The event with its values replaced, for storage. */
  redact(event: RunEvent): RunEvent {
    if (event.t !== 'answer' && event.t !== 'score') return event;
    const values = this.#of(event.job);
    const hidden = (text: string) => redactText(text, values);
    return redactReasons(values.length === 0 ? event : redactEvent(event, hidden), (text) =>
      this.redactReason(text),
    );
  }

  /** Hides the values of every case: what a server said of one request is told of all that follow. */
  redactReason(text: string): string {
    const known = this.#reasons.get(text);
    if (known !== undefined) return known;
    const hidden = [...this.#values.values()].reduce(redactText, text);
    if (this.#reasons.size < MAX_REASONS) this.#reasons.set(text, hidden);
    return hidden;
  }

  /** A stored answer with its values put back. */
  restore(event: AnswerEvent): AnswerEvent {
    const { answer } = event;
    if (!answer) return event;
    const values = this.#of(event.job);
    const restored = redactAnswer(answer, (text) =>
      values.reduce(
        (shown, [name, value]) => shown.replaceAll(redactionMark(name), () => value),
        text,
      ),
    );
    return { ...event, answer: restored };
  }

  #of(job: string): readonly (readonly [string, string])[] {
    return this.#values.get(parseJobId(job)?.case ?? '') ?? [];
  }
}

/** More are not remembered. */
const MAX_REASONS = 100;

/**
 * Applies `hidden` to the results of checks, and `hiddenReason` to what servers said of parameters. Answers stay
 * unchanged, so that they can be judged again.
 */
export async function* redactScores(
  events: AsyncIterable<RunEvent>,
  hidden: (text: string) => string,
  hiddenReason = hidden,
): AsyncGenerator<RunEvent> {
  for await (const event of events)
    yield event.t === 'score' ? redactEvent(event, hidden) : redactReasons(event, hiddenReason);
}

function redactReasons(event: RunEvent, hidden: (text: string) => string): RunEvent {
  if (event.t !== 'answer' || !event.answer?.changes) return event;
  const changes = event.answer.changes.map((one) => ({ ...one, reason: hidden(one.reason) }));
  return { ...event, answer: { ...event.answer, changes } };
}

/** Applies `hidden` to the texts of a model, a check or an error in an event. */
export function redactEvent(event: RunEvent, hidden: (text: string) => string): RunEvent {
  if (event.t === 'score') {
    const { fault } = event;
    return {
      ...event,
      results: event.results.map((one) => redactResult(one, hidden)),
      // It may quote what the service said about the request.
      ...(fault ? { fault: { ...fault, message: hidden(fault.message) } } : {}),
    };
  }
  if (event.t !== 'answer') return event;
  const { answer, error } = event;
  const redacted: AnswerEvent = {
    ...event,
    ...(answer ? { answer: redactAnswer(answer, hidden) } : {}),
    ...(error ? { error: { ...error, message: hidden(error.message) } } : {}),
  };
  return redactReasons(redacted, hidden);
}

/** Thoughts repeat the input. */
function redactAnswer(answer: Answer, hidden: (text: string) => string): Answer {
  const { text, raw } = answer;
  return { ...answer, text: hidden(text), ...(raw === undefined ? {} : { raw: hidden(raw) }) };
}

function redactResult(result: EvaluatorResult, hidden: (text: string) => string): EvaluatorResult {
  const { detail, expected, actual, error } = result;
  return {
    ...result,
    detail: hidden(detail),
    ...(expected === undefined ? {} : { expected: hidden(expected) }),
    ...(actual === undefined ? {} : { actual: hidden(actual) }),
    ...(error === undefined ? {} : { error: hidden(error) }),
  };
}

function redactText(text: string, values: readonly (readonly [string, string])[]): string {
  let hidden = text;
  for (const [name, value] of values) {
    // Plain, and quoted as JSON.
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      hidden = hideValue(hidden, form, redactionMark(name));
    }
  }
  return hidden;
}

function redactionMark(name: string): string {
  return `[redacted: ${name}]`;
}
