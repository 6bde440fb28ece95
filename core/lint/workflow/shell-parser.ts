import type { Operator, Token, Word } from './shell-words.ts';

export interface Redirect {
  /** `>`, `>>`, `<`, `<<<` or `<<`; others are not kept. */
  readonly operator: string;
  /** Absent for a here-document. */
  readonly word?: Word;
  readonly body?: Operator['body'];
}

/** A command, a pipeline, or commands with redirections of their own. */
export type Command =
  | {
      readonly kind: 'simple';
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'pipeline'; readonly commands: readonly Command[] }
  | {
      readonly kind: 'group';
      readonly body: readonly Command[];
      readonly redirects: readonly Redirect[];
      /** True if it runs or not, or several times. */
      readonly isConditional: boolean;
      /** `for name in words`. */
      readonly loop?: { readonly name: string; readonly words: readonly Word[] };
      /** True for the body of a function, which runs elsewhere. */
      readonly isFunction?: boolean;
    };

/** Deeper nesting is read as a flat list. */
const MAX_DEPTH = 40;
const SEPARATOR = /^(?:\n|;|;;&?|;&|&|&&|\|\|)$/;
/** Words between the parts of a compound command. */
const BETWEEN = /^(?:then|else|elif|do)$/;
const ENDS: Readonly<Record<string, string>> = {
  '{': '}',
  if: 'fi',
  while: 'done',
  until: 'done',
  for: 'done',
  select: 'done',
  case: 'esac',
};

/** Parses the words of a script into commands. Never throws: what fits nowhere is skipped. */
export function parseShell(tokens: readonly Token[]): Command[] {
  return new ShellParser(tokens).list(null);
}

class ShellParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Commands up to the word or operator `end`, which is consumed. */
  list(end: string | null): Command[] {
    const commands: Command[] = [];
    this.#depth++;
    while (this.#at < this.#tokens.length) {
      const text = this.#text();
      if (end !== null && text === end) {
        this.#at++;
        break;
      }
      if (this.#isOperator(SEPARATOR) || BETWEEN.test(text)) {
        this.#at++;
        continue;
      }
      const from = this.#at;
      commands.push(this.#pipeline());
      if (this.#at === from) this.#at++;
    }
    this.#depth--;
    return commands;
  }

  #pipeline(): Command {
    const commands = [this.#command()];
    while (this.#isOperator(/^\|&?$/)) {
      this.#at++;
      while (this.#isOperator(/^\n$/)) this.#at++;
      commands.push(this.#command());
    }
    const [first] = commands;
    return commands.length === 1 && first ? first : { kind: 'pipeline', commands };
  }

  #command(): Command {
    while (this.#text() === '!' || this.#text() === 'time') this.#at++;
    const text = this.#text();
    const end = ENDS[text] ?? (this.#isOperator(/^\($/) ? ')' : undefined);
    if (end !== undefined && this.#depth < MAX_DEPTH) {
      this.#at++;
      const loop = text === 'for' || text === 'select' ? this.#loop() : undefined;
      const body = this.list(end);
      const isConditional = text !== '{' && end !== ')';
      const redirects = this.#redirects();
      return { kind: 'group', body, redirects, isConditional, ...(loop && { loop }) };
    }
    return this.#simple();
  }

  #loop(): { name: string; words: Word[] } {
    const name = this.#text();
    this.#at++;
    const words: Word[] = [];
    if (this.#text() === 'in') {
      this.#at++;
      for (let word = this.#word(); word; word = this.#word()) {
        words.push(word);
        this.#at++;
      }
    }
    return { name, words };
  }

  #simple(): Command {
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at];
      if (token?.kind === 'word') {
        words.push(token);
        this.#at++;
        continue;
      }
      const found = this.#redirects();
      if (found.length === 0) break;
      redirects.push(...found);
    }
    if (words.length === 1 && this.#isOperator(/^\($/)) return this.#definition();
    return { kind: 'simple', words, redirects };
  }

  /** `name() { … }` */
  #definition(): Command {
    this.#at++;
    if (this.#isOperator(/^\)$/)) this.#at++;
    while (this.#isOperator(/^\n$/)) this.#at++;
    const body = this.#text() === '{' && this.#depth < MAX_DEPTH ? [this.#command()] : [];
    return { kind: 'group', body, redirects: [], isConditional: true, isFunction: true };
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    while (this.#isOperator(/^(?:\d?>>?\|?|&>>?|<|<<-?|<<<|\d?>&\d?-?|<&\d?)$/)) {
      const token = this.#tokens[this.#at];
      this.#at++;
      if (token?.kind !== 'operator') break;
      if (/^<<-?$/.test(token.text)) {
        redirects.push({ operator: '<<', body: token.body ?? [] });
        continue;
      }
      if (/&\d-?$|&-$/.test(token.text)) continue;
      const word = this.#word();
      if (!word) continue;
      this.#at++;
      if (/^[2-9]/.test(token.text)) continue;
      const operator = token.text.replace(/^[\d&]/, '').replace('|', '');
      redirects.push({ operator, word });
    }
    return redirects;
  }

  #isOperator(pattern: RegExp): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'operator' && pattern.test(token.text);
  }

  #word(): Word | null {
    const token = this.#tokens[this.#at];
    return token?.kind === 'word' ? token : null;
  }

  /** The text of an operator or of a word that is one piece of text; else ''. */
  #text(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'operator') return token.text;
    const [part, ...more] = token?.parts ?? [];
    return part?.kind === 'text' && more.length === 0 ? part.text : '';
  }
}
