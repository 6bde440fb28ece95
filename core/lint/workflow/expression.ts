/** A context whose text becomes part of an expression's value. */
export interface Flow {
  /** `a.b['c'].d` is `a.b.c.d`; an index that is not a number is `*`. */
  readonly path: string;
  /** The last field that is read from a value that `fromJSON` parsed. */
  readonly field: string | null;
}

/** Functions whose value is true or false, or a hash. */
const TELLS_LITTLE =
  /^(?:contains|startswith|endswith|hashfiles|success|failure|always|cancelled)$/i;
const CONTEXT = /^(?:github|inputs|env|steps|needs|jobs|secrets|vars|matrix|runner|job|strategy)$/i;
const TOKEN = /'(?:[^']|'')*'|[A-Za-z_][\w-]*|-?\d[\w.]*|&&|\|\||==|!=|<=|>=|[.()[\]*,!<>]|\S/g;
/** Deeper ones are not read. */
const MAX_DEPTH = 50;

/** Finds the `${{ … }}` of a text, with their spans. */
export function findExpressions(text: string): { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = [];
  for (let at = text.indexOf('${{'); at >= 0; ) {
    const close = text.indexOf('}}', at + 3);
    if (close < 0) break;
    found.push({ text: text.slice(at, close + 2), start: at });
    at = text.indexOf('${{', close + 2);
  }
  return found;
}

/** True if the value is written as JSON, which YAML reads as one value whatever it contains. */
export function isJson(expression: string): boolean {
  return /^\$\{\{\s*tojson\s*\(/i.test(expression) && /\)\s*\}\}$/.test(expression);
}

/**
 * Finds the contexts whose text becomes part of the value of `${{ … }}`. What is only compared, or asked whether it
 * contains something, does not.
 */
export function findFlows(expression: string): Flow[] {
  const inside = expression.replace(/^\$\{\{/, '').replace(/\}\}$/, '');
  return new ExpressionReader(inside.match(TOKEN) ?? []).read();
}

class ExpressionReader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  read(): Flow[] {
    const flows: Flow[] = [];
    // What is left after a mistake is read too: the value may contain it.
    while (this.#at < this.#tokens.length) {
      const from = this.#at;
      flows.push(...this.#either());
      if (this.#at === from) this.#at++;
    }
    return flows;
  }

  /** `a || b` is one of both; `a && b` is b, or an `a` that is empty. */
  #either(): Flow[] {
    if (this.#depth > MAX_DEPTH) return [];
    this.#depth++;
    const flows = this.#both();
    while (this.#take('||')) flows.push(...this.#both());
    this.#depth--;
    return flows;
  }

  #both(): Flow[] {
    let flows = this.#comparison();
    while (this.#take('&&')) flows = this.#comparison();
    return flows;
  }

  #comparison(): Flow[] {
    const flows = this.#value();
    let isCompared = false;
    while (/^(?:==|!=|<=?|>=?)$/.test(this.#next())) {
      this.#at++;
      this.#value();
      isCompared = true;
    }
    return isCompared ? [] : flows;
  }

  #value(): Flow[] {
    let isNegated = false;
    while (this.#take('!')) isNegated = true;
    const flows = this.#operand();
    return isNegated ? [] : flows;
  }

  #operand(): Flow[] {
    if (this.#take('(')) {
      const flows = this.#either();
      this.#take(')');
      return this.#fields(flows);
    }
    const token = this.#next();
    if (!/^[A-Za-z_]/.test(token)) {
      if (!/^[),\]|&]/.test(token)) this.#at++;
      return [];
    }
    this.#at++;
    if (this.#take('(')) return this.#call(token);
    if (!CONTEXT.test(token)) return [];
    return [{ path: [token, ...this.#path()].join('.'), field: null }];
  }

  #call(name: string): Flow[] {
    const flows: Flow[] = [];
    while (this.#at < this.#tokens.length && !this.#take(')')) {
      const from = this.#at;
      flows.push(...this.#either());
      this.#take(',');
      if (this.#at === from) this.#at++;
    }
    if (TELLS_LITTLE.test(name)) return [];
    return this.#fields(flows);
  }

  /** Fields that are read from a value in parentheses. */
  #fields(flows: Flow[]): Flow[] {
    const field = this.#path().findLast((part) => part !== '*' && !/^\d+$/.test(part));
    return field === undefined ? flows : flows.map(({ path }) => ({ path, field }));
  }

  #path(): string[] {
    const parts: string[] = [];
    while (this.#at < this.#tokens.length) {
      if (this.#take('.')) {
        const name = this.#next();
        if (!/^(?:[\w-]+|\*)$/.test(name)) break;
        this.#at++;
        parts.push(name);
      } else if (this.#take('[')) {
        const index = this.#next();
        const isPlain = this.#tokens[this.#at + 1] === ']';
        if (isPlain && /^'/.test(index)) parts.push(index.slice(1, -1));
        else if (isPlain && /^\d/.test(index)) parts.push(index);
        else parts.push('*');
        this.#either();
        if (index === '*') this.#take('*');
        this.#take(']');
      } else break;
    }
    return parts;
  }

  #next(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}
