import type { Span } from './text.ts';

/** A JSON text as a tree with its places: offsets in the text. */
export type JsonNode =
  | { readonly type: 'object'; readonly span: Span; readonly members: readonly JsonMember[] }
  | { readonly type: 'array'; readonly span: Span; readonly items: readonly JsonNode[] }
  | {
      readonly type: 'scalar';
      readonly span: Span;
      readonly value: string | number | boolean | null;
    };

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface JsonSyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

/** Deeper nesting is refused: no answer has a shape like that, and recursion must end. */
const MAX_DEPTH = 100;

/**
 * Reads a JSON text (RFC 8259) with the place of each value, or says what is wrong and exactly where.
 * It accepts what `JSON.parse` accepts, up to the depth. The package jsonc-parser does not fit: it recurses
 * without a limit, and its errors do not tell which bracket, key or comma a sentence must point at.
 */
export function parseJsonText(text: string): JsonNode | JsonSyntaxProblem {
  const reader = new Reader(text);
  try {
    const node = reader.value(0);
    reader.expectEnd();
    return node;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

/** The member with this key, the last of several. */
export function findMember(node: JsonNode | undefined, key: string): JsonMember | undefined {
  return node?.type === 'object' ? node.members.findLast((m) => m.key === key) : undefined;
}

class Refusal extends Error {
  readonly problem: JsonSyntaxProblem;

  constructor(problem: JsonSyntaxProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX = /[0-9a-fA-F]{4}/y;
const SPACE_CODE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const WORD = /[A-Za-z_$][\w$]*/y;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#skip();
    const start = this.#at;
    const char = this.#text[start];
    if (depth > MAX_DEPTH) this.#refuse(`This is nested more than ${MAX_DEPTH} levels deep.`);
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') {
      const source = this.#string();
      return { type: 'scalar', span: this.#since(start), value: JSON.parse(source) as string };
    }
    const number = this.#match(NUMBER);
    if (number !== undefined)
      return { type: 'scalar', span: this.#since(start), value: Number(number) };
    const word = this.#match(WORD);
    const value = word === undefined ? undefined : WORDS.get(word);
    if (value !== undefined) return { type: 'scalar', span: this.#since(start), value };
    return this.#refuse(this.#whyNoValue(char, word), word?.length ?? 1, start);
  }

  expectEnd(): void {
    this.#skip();
    if (this.#at < this.#text.length)
      this.#refuse('The JSON has ended before this: remove the rest.');
  }

  #object(depth: number): JsonNode {
    const start = this.#at++;
    const members: JsonMember[] = [];
    this.#skip();
    while (this.#text[this.#at] !== '}') {
      if (members.length > 0) this.#comma('}', 'object', start);
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') this.#refuse(this.#whyNoKey(start));
      const key = JSON.parse(this.#string()) as string;
      const keySpan = this.#since(keyStart);
      this.#skip();
      if (this.#text[this.#at] !== ':')
        this.#refuse(
          'A `:` is missing between this key and its value.',
          keySpan.end - keyStart,
          keyStart,
        );
      this.#at++;
      members.push({ key, keySpan, value: this.value(depth + 1) });
      this.#skip();
    }
    this.#at++;
    return { type: 'object', span: this.#since(start), members };
  }

  #array(depth: number): JsonNode {
    const start = this.#at++;
    const items: JsonNode[] = [];
    this.#skip();
    while (this.#text[this.#at] !== ']') {
      if (items.length > 0) this.#comma(']', 'list', start);
      items.push(this.value(depth + 1));
      this.#skip();
    }
    this.#at++;
    return { type: 'array', span: this.#since(start), items };
  }

  /** Reads the comma between two parts; one before the closing bracket is the commonest slip. */
  #comma(closing: '}' | ']', what: string, start: number): void {
    const comma = this.#at;
    if (this.#text[comma] === undefined)
      this.#refuse(`This ${what} is never closed: a \`${closing}\` is missing.`, 1, start);
    if (this.#text[comma] !== ',') this.#refuse('A `,` is missing before this.');
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === closing)
      this.#refuse(`JSON does not allow a comma before \`${closing}\`: remove it.`, 1, comma);
  }

  /** Reads a string with its quotes. */
  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code) || code < SPACE_CODE)
        return this.#refuse(
          'This string is never closed: a `"` is missing.',
          this.#at - start,
          start,
        );
      this.#at++;
      if (code === QUOTE) return this.#text.slice(start, this.#at);
      if (code === BACKSLASH) this.#escape();
    }
  }

  #escape(): void {
    const start = this.#at - 1;
    const char = this.#text[this.#at++] ?? '';
    const isKnown = char === 'u' ? this.#match(HEX) !== undefined : '"\\/bfnrt'.includes(char);
    if (!isKnown || char === '')
      this.#refuse('JSON does not have this escape: write `\\\\` for a backslash.', 2, start);
  }

  #whyNoValue(char: string | undefined, word: string | undefined): string {
    if (char === undefined) return 'The JSON ends where a value is expected.';
    if (char === "'") return 'JSON strings use double quotes.';
    if (char === '/') return 'JSON does not allow comments: remove it.';
    if (word !== undefined)
      return `\`${word.slice(0, 40)}\` is not a JSON value: write \`true\`, \`false\`, \`null\` or a text in double quotes.`;
    return 'A JSON value is expected here.';
  }

  #whyNoKey(start: number): string {
    const char = this.#text[this.#at];
    if (char === undefined)
      return this.#refuse('This object is never closed: a `}` is missing.', 1, start);
    if (char === "'") return 'JSON keys use double quotes.';
    if (char === '/') return 'JSON does not allow comments: remove it.';
    return 'A key in double quotes is expected here.';
  }

  #skip(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #since(start: number): Span {
    return { start, end: this.#at };
  }

  #refuse(message: string, length = 1, start = this.#at): never {
    const at = Math.min(start, Math.max(this.#text.length - 1, 0));
    const span = { start: at, end: Math.min(at + length, this.#text.length) };
    throw new Refusal({ message, span });
  }
}
