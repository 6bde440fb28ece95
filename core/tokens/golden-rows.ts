import type { PromptDocument, Row } from '../prompt/document.ts';
import { valueText } from '../prompt/read-rows.ts';
import type { TemplateCounter } from './template-counter.ts';

/** Rows whose rendered text is longer than this many UTF-16 units are counted value by value. */
const MAX_TEXT = 4_000_000;
/** What rendering costs beside the text, in units a placeholder. */
const PER_PLACEHOLDER = 32;

/** The texts that placeholders get: a row's values, then the defaults. */
export class GoldenRows {
  readonly #rows: readonly Row[];
  readonly #defaults: ReadonlyMap<string, string>;
  readonly #uses = new Map<string, number>();
  /** UTF-16 units that rendering each row takes. */
  readonly #lengths: Float64Array;
  readonly #placeholders: number;

  constructor({ rows, variables }: PromptDocument, templates: readonly TemplateCounter[]) {
    this.#rows = rows;
    this.#defaults = readDefaults(variables, rows.length === 0);
    this.#placeholders = templates.reduce((sum, { names }) => sum + names.length, 0);
    let fixed = templates.reduce((sum, { seamLength }) => sum + seamLength, 0);
    for (const { names } of templates) {
      for (const name of names) {
        this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
        fixed += this.#defaults.get(name)?.length ?? 0;
      }
    }
    this.#lengths = Float64Array.from(rows, (_, row) => this.#length(row, fixed));
  }

  /** The names of the placeholders. */
  get names(): Iterable<string> {
    return this.#uses.keys();
  }

  defaultOf(name: string): string | undefined {
    return this.#defaults.get(name);
  }

  /** What a placeholder gets in a row; without rows the default, or nothing. */
  textOf(row: number, name: string): string | undefined {
    const text = this.#rows[row]?.values.get(name)?.text ?? this.#defaults.get(name);
    return text === undefined && this.#rows.length === 0 ? '' : text;
  }

  /** The row's own value, without its default. */
  ownText(row: number, name: string): string | undefined {
    return this.#rows[row]?.values.get(name)?.text;
  }

  /** Visits the row's values that placeholders use. */
  visit(row: number, visitor: (name: string, text: string) => void): void {
    this.#rows[row]?.values.forEach(({ name, text }) => {
      if (this.#uses.has(name)) visitor(name, text);
    });
  }

  /** True when a call with this row repeats long values so often that it is better not rendered. */
  isTooLong(row: number): boolean {
    return (this.#lengths[row] ?? 0) > MAX_TEXT;
  }

  /** All rows, or as many at even distances as can be rendered within this many UTF-16 units. */
  choose(limit: number): number[] {
    const { length } = this.#rows;
    let cost = length * this.#placeholders * PER_PLACEHOLDER;
    for (const units of this.#lengths) cost += Math.min(units, MAX_TEXT);
    const share = Math.min(1, limit / Math.max(1, cost));
    const count = Math.min(length, Math.max(1, Math.floor(length * share)));
    return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
  }

  #length(row: number, fixed: number): number {
    let length = fixed;
    this.visit(row, (name, text) => {
      length += text.length * (this.#uses.get(name) ?? 0);
    });
    return length;
  }
}

/** Declared defaults, and examples for prompts that have no rows. */
function readDefaults(
  variables: PromptDocument['variables'],
  useExamples: boolean,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, defaultNode, example } of variables) {
    if (defaultNode) texts.set(name, valueText(defaultNode));
    else if (useExamples && example !== undefined) {
      texts.set(name, typeof example === 'string' ? example : JSON.stringify(example));
    }
  }
  return texts;
}
