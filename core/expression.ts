/** Arithmetic over named figures: `2 * precision * recall / (precision + recall)`. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly call: FunctionName; readonly of: readonly Expression[] };

type FunctionName = keyof typeof FUNCTIONS;

const FUNCTIONS = { min: Math.min, max: Math.max, sqrt: Math.sqrt, abs: Math.abs } as const;

/** Longer ones are refused: nobody reads them, and nesting stays within the stack. */
const MAX_LENGTH = 1_000;

/**
 * Reads numbers, names, `+ - * /`, parentheses, and `min`, `max`, `sqrt`, `abs`. A name that is no word
 * stands in quotes: `"exact match"`. An error is one sentence.
 */
export function parseExpression(text: string): Expression | { readonly error: string } {
  if (text.length > MAX_LENGTH) return { error: `is longer than ${MAX_LENGTH} characters` };
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.message };
    throw error;
  }
}

/** Null where a name has no value, or where the result is no number (a division by 0). */
export function evaluateExpression(
  expression: Expression,
  figure: (name: string) => number | undefined,
): number | null {
  const value = evaluate(expression, figure);
  return Number.isFinite(value) ? value : null;
}

function evaluate(one: Expression, figure: (name: string) => number | undefined): number {
  switch (one.kind) {
    case 'number':
      return one.value;
    case 'name':
      return figure(one.name) ?? Number.NaN;
    case 'negative':
      return -evaluate(one.of, figure);
    case 'call':
      return FUNCTIONS[one.call](...(one.of.map((part) => evaluate(part, figure)) as [number]));
    case 'operation': {
      const [left, right] = [evaluate(one.left, figure), evaluate(one.right, figure)];
      if (one.operator === '+') return left + right;
      if (one.operator === '-') return left - right;
      return one.operator === '*' ? left * right : left / right;
    }
    default:
      return one satisfies never;
  }
}

class ExpressionError extends Error {}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|([\p{L}_][\p{L}\p{N}_.]*)|"([^"]+)"|([-+*/(),]))/uy;

class Reader {
  readonly #tokens: readonly RegExpExecArray[];
  #at = 0;

  constructor(text: string) {
    const tokens: RegExpExecArray[] = [];
    const pattern = new RegExp(TOKEN);
    const end = text.trimEnd().length;
    while (pattern.lastIndex < end) {
      const from = pattern.lastIndex;
      const token = pattern.exec(text);
      if (!token) throw new ExpressionError(`has a syntax error at "${text.slice(from).trim()}"`);
      tokens.push(token);
    }
    this.#tokens = tokens;
  }

  whole(): Expression {
    const found = this.#sum();
    const rest = this.#tokens[this.#at];
    if (rest) throw new ExpressionError(`has "${rest[0].trim()}" where an operator is expected`);
    return found;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let operator = this.#take('+', '-'); operator; operator = this.#take('+', '-'))
      left = { kind: 'operation', operator, left, right: this.#product() };
    return left;
  }

  #product(): Expression {
    let left = this.#factor();
    for (let operator = this.#take('*', '/'); operator; operator = this.#take('*', '/'))
      left = { kind: 'operation', operator, left, right: this.#factor() };
    return left;
  }

  #factor(): Expression {
    if (this.#take('-')) return { kind: 'negative', of: this.#factor() };
    if (this.#take('(')) return this.#closed(this.#sum());
    const [, number, word, quoted] = this.#tokens[this.#at] ?? [];
    if (number !== undefined) {
      this.#at++;
      return { kind: 'number', value: Number(number) };
    }
    const name = word ?? quoted;
    if (name === undefined)
      throw new ExpressionError('ends where a number or a metric is expected');
    this.#at++;
    if (word === undefined || !this.#take('(')) return { kind: 'name', name };
    if (!Object.hasOwn(FUNCTIONS, word))
      throw new ExpressionError(
        `calls ${word}: the functions are ${Object.keys(FUNCTIONS).join(', ')}`,
      );
    const of = [this.#sum()];
    while (this.#take(',')) of.push(this.#sum());
    return this.#closed({ kind: 'call', call: word as FunctionName, of });
  }

  #closed(found: Expression): Expression {
    if (!this.#take(')')) throw new ExpressionError('is missing a ")"');
    return found;
  }

  #take<T extends string>(...signs: readonly T[]): T | null {
    const sign = this.#tokens[this.#at]?.[4] as T | undefined;
    if (sign === undefined || !signs.includes(sign)) return null;
    this.#at++;
    return sign;
  }
}
