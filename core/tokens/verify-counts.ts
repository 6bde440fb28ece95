import type { PromptDocument, Role } from '../prompt/document.ts';
import { render, splitTemplate } from '../prompt/template.ts';
import type { Counter } from './counter.ts';
import { countPrompt, TOKENS_PER_MESSAGE, TOKENS_PER_REPLY } from './counts.ts';
import type { EncodingName } from './encoding.ts';
import { computeFigure, type Figure } from './figure.ts';
import { GoldenRows } from './golden-rows.ts';
import { TemplateCounter } from './template-counter.ts';

/** Another tokenizer, to compare counts with. */
export interface ReferenceCounter {
  /** Whole tokens; null when counting the text would take too long. */
  count(text: string): number | null;
  /** The known reason why its count of a text is not `tokens`; null when there is none. */
  explain(text: string, tokens: number): DifferenceReason | null;
}

/** `white-space`: the reference has another set of white-space characters, and no other difference. */
export type DifferenceReason = 'white-space';

/** Where a count stands in a prompt. */
export type CountPlace =
  /** A message without its placeholders; `message` counts from 1. */
  | { readonly kind: 'static'; readonly message: number; readonly role: Role | null }
  /** A rendered message. `row`: index in the prompt's rows; null without rows. */
  | {
      readonly kind: 'message';
      readonly message: number;
      readonly role: Role | null;
      readonly row: number | null;
    }
  /** The lowest, median and highest count of a message over the rows. */
  | {
      readonly kind: keyof Figure;
      readonly message: number;
      readonly role: Role | null;
    }
  /** All messages of a call with what the chat format adds. */
  | { readonly kind: 'call'; readonly row: number | null }
  /** The JSON schema that is sent along. */
  | { readonly kind: 'schema' };

export interface CountDifference {
  readonly place: CountPlace;
  readonly tokens: number;
  /** What the reference counts. */
  readonly reference: number;
  readonly reason: DifferenceReason | null;
}

/** How the counts of a prompt compare with those of a reference. */
export interface CountVerification {
  readonly encoding: EncodingName;
  readonly equal: number;
  readonly differences: readonly CountDifference[];
  /** Places that the reference could not count in time. */
  readonly skipped: readonly CountPlace[];
}

/**
 * Counts every text of a prompt again with a reference: each message without placeholders and rendered with
 * each counted row, the schema, then the figures of each message and the sum of each call. Figures and sums
 * are compared where the reference counted all of their texts, and the same.
 */
export function verifyCounts(
  prompt: PromptDocument,
  counter: Counter,
  reference: ReferenceCounter,
): CountVerification {
  const counts = countPrompt(prompt, counter);
  const check = new Comparison(counter, reference);
  const contents = prompt.messages.flatMap(({ role, content }) =>
    content === null ? [] : [{ role, text: content.text }],
  );
  const templates = contents.map(({ text }) => new TemplateCounter(text, counter, prompt.oddKeys));
  const rows = new GoldenRows(prompt, templates);
  const chosen = counts.cases.filter(({ row }) => !rows.isTooLong(row));
  const calls: { row: number | null; tokens: number }[] =
    counts.cases.length === 0 ? [{ row: null, tokens: counts.call.median }] : chosen;
  const overhead = contents.length * TOKENS_PER_MESSAGE + TOKENS_PER_REPLY;
  const hasSchema = prompt.responseFormat === 'json_schema' && prompt.jsonSchema !== undefined;
  const schema = hasSchema
    ? check.text({ kind: 'schema' }, prompt.jsonSchema?.source ?? '', counts.overhead - overhead)
    : 0;
  const sums = calls.map(() => addCounts(schema, overhead));
  for (const [i, { role, text }] of contents.entries()) {
    const message = i + 1;
    const literal = splitTemplate(text, prompt.oddKeys).filter((_, part) => part % 2 === 0);
    const own = counts.messages[i];
    check.text({ kind: 'static', message, role }, literal.join(''), own?.static ?? 0);
    const totals = calls.map(({ row }) => {
      const rendered = render(text, (name) => rows.textOf(row ?? -1, name)).text;
      return check.text({ kind: 'message', message, role, row }, rendered);
    });
    totals.forEach((total, call) => {
      sums[call] = addCounts(sums[call] ?? null, total);
    });
    if (totals.includes(null) || calls.length < counts.cases.length || !own) continue;
    const figure = computeFigure(totals.map((total) => total ?? 0));
    for (const kind of ['min', 'median', 'max'] as const)
      check.figure({ kind, message, role }, own.total[kind], figure[kind]);
  }
  for (const [i, { row, tokens }] of calls.entries()) {
    const sum = sums[i] ?? null;
    if (sum !== null) check.figure({ kind: 'call', row }, tokens, sum);
  }
  const { equal, differences, skipped } = check;
  return { encoding: counts.encoding, equal, differences, skipped };
}

/** The sum, or null when one of the counts is unknown. */
function addCounts(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

class Comparison {
  equal = 0;
  readonly differences: CountDifference[] = [];
  readonly skipped: CountPlace[] = [];
  readonly #counter: Counter;
  readonly #reference: ReferenceCounter;
  readonly #known = new Map<string, number | null>();

  constructor(counter: Counter, reference: ReferenceCounter) {
    this.#counter = counter;
    this.#reference = reference;
  }

  /** Compares one text; the reference's count, or null when it is skipped or differs. */
  text(place: CountPlace, text: string, tokens = this.#counter.count(text)): number | null {
    const known = this.#known.get(text);
    const found = known === undefined ? this.#reference.count(text) : known;
    this.#known.set(text, found);
    if (found === null) this.skipped.push(place);
    else if (found === tokens) this.equal++;
    else {
      const reason = this.#reference.explain(text, tokens);
      this.differences.push({ place, tokens, reference: found, reason });
    }
    return found === tokens ? found : null;
  }

  /** Compares a count that is made of texts that are all equal. */
  figure(place: CountPlace, tokens: number, reference: number): void {
    if (tokens === reference) this.equal++;
    else this.differences.push({ place, tokens, reference, reason: null });
  }
}
