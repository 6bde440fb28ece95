import { parseJobId } from './ids.ts';
import type { Plan } from './plan.ts';
import { CaseValues } from './request.ts';
import type { AnswerEvent, EvaluatorResult, RunEvent } from './run-event.ts';

/** Less of a value than this, before a `…`, tells nothing. */
const TOLD = 3;

/**
 * Keeps the values of some variables out of stored runs: wherever one stands in what a model, a check or an
 * error says of its case, `[redacted: name]` is stored. The rows have the values, so that stored answers
 * can be judged again. Names of cases are no values: they are stored.
 */
export class Redaction {
  readonly #values = new Map<string, readonly (readonly [name: string, value: string])[]>();

  constructor(names: readonly string[], { cases, document }: Pick<Plan, 'cases' | 'document'>) {
    for (const item of cases) {
      const values = new CaseValues(item, document.variables);
      const own = names.flatMap((name) => {
        const value = values.text(name)?.trim() ?? '';
        return value === '' ? [] : [[name, value] as const];
      });
      // A value that holds another goes first.
      this.#values.set(
        item.id,
        own.sort(([, a], [, b]) => b.length - a.length),
      );
    }
  }

  /** An event as it may be stored. */
  hide(event: RunEvent): RunEvent {
    if (event.t !== 'answer' && event.t !== 'score') return event;
    const values = this.#of(event.job);
    if (values.length === 0) return event;
    const hidden = (text: string): string => hide(text, values);
    if (event.t === 'score')
      return { ...event, results: event.results.map((one) => hideResult(one, hidden)) };
    const { answer, error } = event;
    return {
      ...event,
      ...(answer ? { answer: { ...answer, text: hidden(answer.text) } } : {}),
      ...(error ? { error: { ...error, message: hidden(error.message) } } : {}),
    };
  }

  /** A stored answer as it was given. */
  show(event: AnswerEvent): AnswerEvent {
    const { answer } = event;
    if (!answer) return event;
    const text = this.#of(event.job).reduce(
      (shown, [name, value]) => shown.replaceAll(markOf(name), () => value),
      answer.text,
    );
    return { ...event, answer: { ...answer, text } };
  }

  #of(job: string): readonly (readonly [string, string])[] {
    return this.#values.get(parseJobId(job)?.case ?? '') ?? [];
  }
}

function hideResult(result: EvaluatorResult, hidden: (text: string) => string): EvaluatorResult {
  const { detail, expected, actual, error } = result;
  return {
    ...result,
    detail: hidden(detail),
    ...(expected === undefined ? {} : { expected: hidden(expected) }),
    ...(actual === undefined ? {} : { actual: hidden(actual) }),
    ...(error === undefined ? {} : { error: hidden(error) }),
  };
}

function hide(text: string, values: readonly (readonly [string, string])[]): string {
  let hidden = text;
  for (const [name, value] of values) {
    // As it is, and as a sentence quotes it.
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      hidden = hidden.replaceAll(form, () => markOf(name));
      hidden = hideCut(hidden, form, markOf(name));
    }
  }
  return hidden;
}

/** Sentences cut long quotations: the beginning of a value before a `…` goes too. */
function hideCut(text: string, value: string, mark: string): string {
  const [first = '', ...rest] = text.split('…');
  let out = first;
  for (const piece of rest) {
    const most = Math.min(value.length, out.length);
    let length = most;
    while (length >= TOLD && !out.endsWith(value.slice(0, length))) length--;
    if (length >= TOLD) out = out.slice(0, out.length - length) + mark;
    out += `…${piece}`;
  }
  return out;
}

function markOf(name: string): string {
  return `[redacted: ${name}]`;
}
