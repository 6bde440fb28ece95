import { toValue } from './origins.ts';
import { findEnd, findPlainEnd } from './shell-ends.ts';

/** A part of a word of a shell script. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** `names`: the variables that its value can come from. */
  | { readonly kind: 'variable'; readonly names: readonly string[] }
  | { readonly kind: 'command'; readonly script: string; readonly start: number }
  | { readonly kind: 'expression'; readonly text: string };

export interface Word {
  readonly kind: 'word';
  readonly parts: readonly Part[];
  readonly start: number;
  readonly end: number;
}

/** `|`, `;`, `\n`, `(`, `>>` and others. */
export interface Operator {
  readonly kind: 'operator';
  readonly text: string;
  /** What a here-document contains. */
  body?: readonly Part[];
}

export type Token = Word | Operator;

/** `2>` and `&>` send messages elsewhere; numbers of other files are not followed. */
const OPERATOR =
  /&>>?|\d?>&\d?-?|\d?>>|\d?>\|?|<<<|<<-?|<&\d?|<\(|>\(|<|\|&|\|\||\||&&|&|;;&?|;&|;|\(|\)|\n/y;
const PLAIN = /[^\s'"\\$`|&;()<>#]+|#/y;
const SPACE = /[ \t\r]+/y;
const NAME = /[A-Za-z_]\w*|[\d@*?#!$-]/y;

/** Splits a POSIX shell script into words and operators, in linear time. Never throws. */
export function readShell(script: string, offset = 0): Token[] {
  return new ShellReader(script, offset).read();
}

class ShellReader {
  readonly #text: string;
  /** Where the script begins in the one that contains it. */
  readonly #offset: number;
  readonly #tokens: Token[] = [];
  #here: { operator: Operator; end: string; isQuoted: boolean; isIndented: boolean }[] = [];
  /** An opening without its end is text, and so are all later ones: nothing is searched twice. */
  readonly #unclosed = new Set<string>();
  #at = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  read(): Token[] {
    while (this.#at < this.#text.length) {
      if (this.#match(SPACE) !== null) continue;
      if (this.#text.startsWith('\\\n', this.#at)) {
        this.#at += 2;
        continue;
      }
      if (this.#text.startsWith('\\\r\n', this.#at)) {
        this.#at += 3;
        continue;
      }
      if (this.#text[this.#at] === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
        continue;
      }
      const operator = this.#match(OPERATOR);
      if (operator !== null) this.#readOperator(operator);
      else this.#readWord();
    }
    return this.#tokens;
  }

  #readOperator(text: string): void {
    if (text === '<(' || text === '>(') {
      const script = this.#until(')', this.#at);
      const start = this.#offset + this.#at;
      if (script === null) return;
      this.#at += script.length + 1;
      const parts: Part[] = [{ kind: 'command', script, start }];
      this.#tokens.push({ kind: 'word', parts, start: start - 2, end: this.#offset + this.#at });
      return;
    }
    const operator: Operator = { kind: 'operator', text };
    this.#tokens.push(operator);
    if (text === '<<' || text === '<<-') {
      this.#match(SPACE);
      const from = this.#at;
      const parts = this.#readParts();
      const written = this.#text.slice(from, this.#at);
      const end = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
      if (end !== '')
        this.#here.push({
          operator,
          end,
          isQuoted: /['"\\]/.test(written),
          isIndented: text === '<<-',
        });
    }
    if (text === '\n') this.#readHere();
  }

  #readHere(): void {
    for (const { operator, end, isQuoted, isIndented } of this.#here) {
      const start = this.#at;
      let close = start;
      while (close < this.#text.length) {
        const next = this.#text.indexOf('\n', close);
        const stop = next < 0 ? this.#text.length : next;
        const line = this.#text.slice(close, stop).replace(/\r$/, '');
        this.#at = Math.min(stop + 1, this.#text.length);
        if ((isIndented ? line.replace(/^\t+/, '') : line) === end) break;
        close = this.#at;
      }
      operator.body = splitQuoted(this.#text.slice(start, close), isQuoted, this.#offset + start);
    }
    this.#here = [];
  }

  #readWord(): void {
    const start = this.#at;
    const parts = this.#readParts();
    // A character that begins nothing.
    if (this.#at === start) this.#at++;
    const end = this.#offset + this.#at;
    this.#tokens.push({ kind: 'word', parts, start: this.#offset + start, end });
  }

  #readParts(): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? '';
      const plain = this.#match(PLAIN);
      if (plain !== null) parts.push({ kind: 'text', text: toValue(plain) });
      else if (char === "'") this.#readQuoted("'", parts);
      else if (char === '"') this.#readQuoted('"', parts);
      else if (char === '\\') {
        const next = this.#text[this.#at + 1] ?? '';
        if (next === '\n' || next === '\r') break;
        parts.push({ kind: 'text', text: toValue(next) });
        this.#at += 2;
      } else if (char === '$' || char === '`') this.#readDollar(parts);
      else break;
    }
    return parts;
  }

  #readQuoted(quote: "'" | '"', parts: Part[]): void {
    const close = this.#unclosed.has(quote)
      ? null
      : this.#until(quote, this.#at + 1, quote === "'");
    if (close === null) {
      this.#unclosed.add(quote);
      parts.push({ kind: 'text', text: quote });
      this.#at++;
      return;
    }
    const start = this.#at + 1;
    parts.push(...splitQuoted(close, quote === "'", this.#offset + start));
    if (close === '') parts.push({ kind: 'text', text: '' });
    this.#at = start + close.length + 1;
  }

  #readDollar(parts: Part[]): void {
    const rest = splitDollar(this.#text, this.#at, this.#offset, this.#unclosed);
    if (rest.part) parts.push(rest.part);
    this.#at = rest.end;
  }

  /** The text up to a closing character; null if there is none. */
  #until(close: string, from: number, isPlain = false): string | null {
    const end = isPlain ? findPlainEnd(this.#text, from) : findEnd(this.#text, from, close);
    return end < 0 ? null : this.#text.slice(from, end);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }
}

/** Splits what stands between quotes or in a here-document; `isPlain`: only GitHub replaces something in it. */
function splitQuoted(text: string, isPlain: boolean, offset: number): Part[] {
  const parts: Part[] = [];
  const unclosed = new Set<string>();
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) parts.push({ kind: 'text', text: toValue(text.slice(from, to)) });
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === '\\' && !isPlain && /[$`"\\\n]/.test(text[at + 1] ?? '')) {
      flush(at);
      from = text[at + 1] === '\n' ? at + 2 : at + 1;
      at += 2;
    } else if (text.startsWith('${{', at) || (!isPlain && (char === '$' || char === '`'))) {
      flush(at);
      const { part, end } = splitDollar(text, at, offset, unclosed);
      if (part) parts.push(part);
      from = end;
      at = end;
    } else at++;
  }
  flush(text.length);
  return parts;
}

/** Reads `$name`, `${name}`, `$(…)`, `` `…` `` or `${{ … }}`. */
function splitDollar(
  text: string,
  at: number,
  offset: number,
  unclosed: Set<string>,
): { readonly part: Part | null; readonly end: number } {
  const opening = /^(?:\$\{\{|\$\(\(|\$\(|\$\{|\$'|`)/.exec(text.slice(at, at + 3))?.[0] ?? '$';
  if (opening === '$') {
    NAME.lastIndex = at + 1;
    const name = NAME.exec(text)?.[0];
    if (name === undefined) return { part: { kind: 'text', text: '$' }, end: at + 1 };
    return { part: { kind: 'variable', names: [name] }, end: at + 1 + name.length };
  }
  const from = at + opening.length;
  const close = { '${{': '}}', '$((': '))', '$(': ')', '${': '}', "$'": "'", '`': '`' }[opening];
  const end = unclosed.has(opening)
    ? -1
    : opening === '$('
      ? findEnd(text, from, ')')
      : text.indexOf(close ?? '', from);
  if (end < 0) {
    unclosed.add(opening);
    // Nobody knows what the shell makes of it.
    return { part: { kind: 'variable', names: [''] }, end: from };
  }
  const inside = text.slice(from, end);
  const part = toPart(opening, inside, offset + from);
  return { part, end: end + (close?.length ?? 1) };
}

function toPart(opening: string, inside: string, start: number): Part {
  switch (opening) {
    case '${{':
      return { kind: 'expression', text: `\${{${inside}}}` };
    case '$(':
    case '`':
      return { kind: 'command', script: inside, start };
    case '${':
      // `${#name}` is a length; `${name:-$other}` is one of two.
      if (inside.startsWith('#')) return { kind: 'text', text: '0' };
      return { kind: 'variable', names: listNames(inside) };
    case "$'":
      return { kind: 'text', text: toValue(inside.replaceAll('\\n', '\n')) };
    default:
      return { kind: 'text', text: '0' };
  }
}

function listNames(inside: string): string[] {
  const own = /^!?(\w+)/.exec(inside)?.[1] ?? '';
  return [own, ...[...inside.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name ?? '')];
}
