import type { Json } from '../../prompt/node.ts';

/** What a parameter holds, by its type. */
export type ArgumentValue = string | number | readonly string[] | Json;

/** The values under `with:`, of the types that the check declares. */
export class Arguments {
  readonly #values: ReadonlyMap<string, ArgumentValue>;

  constructor(values: ReadonlyMap<string, ArgumentValue> = new Map()) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Throws when the parameter is none of type `text`: that is the check's own mistake. */
  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== 'string') throw new TypeError(`${name} is no text`);
    return value;
  }

  texts(name: string): readonly string[] {
    return (this.#values.get(name) ?? []) as readonly string[];
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** A `json` or `schema` parameter; a scalar is its text. */
  json(name: string): Json | undefined {
    return this.#values.get(name) as Json | undefined;
  }
}
