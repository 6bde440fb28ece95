import { isName } from '../prompt/template.ts';
import { CodeSpans } from './code-spans.ts';

/** Template syntax of another tool, which this format sends unchanged. Offsets in the text. */
export interface ForeignToken {
  /**
   * `spaced` `{{ x }}` · `filter` `{{ x | upper }}` · `braces` `{{{x}}}` · `single` `{x}` · `block`
   * `{{#if x}}` and its end · `partial` `{{> x}}` · `tag` `{% if x %}` · `key` `{{Size (cm)}}`, which is a
   * placeholder only if a row or a declaration has that key
   */
  readonly kind: 'spaced' | 'filter' | 'braces' | 'single' | 'block' | 'partial' | 'tag' | 'key';
  /** The variable, if the token names exactly one. */
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  /** True in backticks, in a fence, and in the source of a web page, where such syntax is expected. */
  readonly inCode: boolean;
}

const DOUBLE = /\{\{([^{}\n]{1,120})\}\}(?!\})/y;
const MORE = /\{{3,8}([^{}\n]{1,100})\}{3,8}/y;
const SINGLE = /\{([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,100})\}(?!\})/uy;
const TAG =
  /\{%-?\s*(?:if|elif|elsif|else|endif|unless|endunless|for|endfor|set|endset|assign|capture|case|when|include|import|block|endblock|macro|endmacro|raw|endraw|with)\b[^{}\n]{0,200}%\}/y;
const FILTER = /^\s*([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,60})\s*\|\s*[A-Za-z_]/u;
/** What a column may be called, and not a formula, JSON or code. */
const KEY = /^\p{L}[\p{L}\p{M}\p{N} _./'’()?!,%#&°€$-]*$/u;
const CONDITION =
  /^\s*(?:if|else|elif|unless|for|foreach|each|range|with|include|template|define)\s/;

/** Finds the foreign tokens of a text, in order. Linear: patterns are bounded and run once per brace. */
export function findForeignTokens(text: string): readonly ForeignToken[] {
  const tokens: ForeignToken[] = [];
  let code: CodeSpans | undefined;
  for (let at = text.indexOf('{'); at >= 0; ) {
    let run = 1;
    while (text[at + run] === '{') run++;
    const found = tokenAt(text, at, run);
    if (found?.kind) {
      code ??= new CodeSpans(text);
      const { end, kind, name } = found;
      tokens.push({
        kind,
        start: at,
        end,
        inCode: code.contains(at) || isInPage(text, at),
        ...(name === undefined ? {} : { name }),
      });
    }
    at = text.indexOf('{', found?.end ?? at + run);
  }
  return tokens;
}

/** HTML elements whose end is nearby. */
const PAGE = /<\/(?:div|p|span|li|ul|ol|h[1-6]|a|button|strong|t[dhr]|script|style)>/i;
const NEAR = 400;

function isInPage(text: string, at: number): boolean {
  return PAGE.test(text.slice(Math.max(0, at - NEAR), at + NEAR));
}

interface Found {
  readonly end: number;
  /** Undefined if this is not a foreign token but a placeholder or a GitHub Actions expression. */
  readonly kind?: ForeignToken['kind'];
  readonly name?: string;
}

function tokenAt(text: string, at: number, run: number): Found | undefined {
  if (run >= 3) {
    const match = matchAt(MORE, text, at);
    return match && isName(match[1] ?? '')
      ? { end: at + match[0].length, kind: 'braces', name: match[1] ?? '' }
      : undefined;
  }
  if (run === 2) return matchDouble(text, at);
  const tag = matchAt(TAG, text, at);
  if (tag) return { end: at + tag[0].length, kind: 'tag' };
  const single = matchAt(SINGLE, text, at);
  // `${x}`, `f{x}`, `^{x}` and `\text{x}` are code or formulas.
  if (!single || /[\w$^%#@\\}]/.test(text[at - 1] ?? '')) return undefined;
  return { end: at + single[0].length, kind: 'single', name: single[1] ?? '' };
}

function matchDouble(text: string, at: number): Found | undefined {
  const match = matchAt(DOUBLE, text, at);
  if (!match) return undefined;
  const [whole, inner = ''] = match;
  const end = at + whole.length;
  if (text[at - 1] === '$' || isName(inner)) return { end };
  if (CONDITION.test(inner)) return { end, kind: 'block' };
  const spaced = inner.trim();
  if (spaced !== inner && isName(spaced) && /^[\p{L}_]/u.test(spaced))
    return { end, kind: 'spaced', name: spaced };
  if (/^\s*~?[#^/]\s*[A-Za-z_]/.test(inner)) return { end, kind: 'block' };
  if (/^\s*[>!]/.test(inner)) return { end, kind: 'partial' };
  const filtered = FILTER.exec(inner)?.[1];
  if (filtered !== undefined) return { end, kind: 'filter', name: filtered };
  return KEY.test(inner) && !/[\w^\\}]/.test(text[at - 1] ?? '') ? { end, kind: 'key' } : { end };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
