import type { Json } from '../../prompt/node.ts';

/** The value of a parameter, depending on its type. */
export type ArgumentValue = string | number | readonly string[] | Json;

/** The values under `with:`, with the types that the check declares. */
export class Arguments {
  readonly #values: ReadonlyMap<string, ArgumentValue>;

  constructor(values: ReadonlyMap<string, ArgumentValue> = new Map()) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Throws if the parameter is not of type `text`, which is a bug in the check. */
  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== 'string') throw new TypeError(`${name} is not a text`);
    return value;
  }

  texts(name: string): readonly string[] {
    return (this.#values.get(name) ?? []) as readonly string[];
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** A `json` or `schema` parameter. A scalar is returned as text. */
  json(name: string): Json | undefined {
    return this.#values.get(name) as Json | undefined;
  }
}
