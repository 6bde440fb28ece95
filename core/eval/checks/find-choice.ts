import type { JudgeChoice } from '../../prompt/document.ts';
import { isNegated } from './negation.ts';

/** The choice that a judge's reply names, or why it names none without doubt. */
export type NamedChoice =
  | { readonly kind: 'one'; readonly choice: JudgeChoice }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly choices: readonly JudgeChoice[] };

interface Mention {
  readonly choice: JudgeChoice;
  readonly start: number;
  readonly end: number;
  /** Written as the choice is, in the same case. */
  readonly isExact: boolean;
}

/**
 * Finds the choice that a judge's reply names as a whole word. A negated one ("not polite") is none. A last
 * line that is a choice alone decides, unless another line is a different one; else two choices are `several`.
 */
export function findChoice(reply: string, choices: readonly JudgeChoice[]): NamedChoice {
  const text = reply.replace(THOUGHTS, '');
  const mentions = listMentions(text, choices).filter((one) => !isNegated(text, one));
  const named = unite(mentions);
  const [first] = named;
  if (first === undefined) return { kind: 'none' };
  if (named.length === 1) return { kind: 'one', choice: first };
  const alone = mentions.filter((one) => isAlone(text, one));
  const [verdict] = unite(alone);
  const isLast = alone.some(({ end }) => !/[\p{L}\p{N}]/u.test(text.slice(end)));
  return verdict && isLast && unite(alone).length === 1
    ? { kind: 'one', choice: verdict }
    : { kind: 'several', choices: named };
}

const THOUGHTS = /<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi;

function unite(mentions: readonly Mention[]): JudgeChoice[] {
  return [...new Set(mentions.map(({ choice }) => choice))];
}

/**
 * All mentions of choices, none within another. In another case than the choice's they count if the choice has
 * lower-case letters ("Yes" for `yes`); "a" is a mention of `A` only if nothing is written exactly.
 */
function listMentions(text: string, choices: readonly JudgeChoice[]): Mention[] {
  const all = choices
    .flatMap((choice) => findMentions(text, choice))
    .toSorted(
      (a, b) => b.end - b.start - (a.end - a.start) || Number(b.isExact) - Number(a.isExact),
    );
  const kept: Mention[] = [];
  const taken = new Uint8Array(text.length);
  for (const one of all) {
    // The longer ones come first, so that an overlap covers an end.
    if (taken[one.start] || taken[one.end - 1]) continue;
    taken.fill(1, one.start, one.end);
    kept.push(one);
  }
  return kept.some(({ isExact }) => isExact)
    ? kept.filter(({ isExact, choice }) => isExact || /\p{Ll}/u.test(choice.choice))
    : kept;
}

function findMentions(text: string, choice: JudgeChoice): Mention[] {
  const word = choice.choice.trim();
  if (word === '') return [];
  const mentions: Mention[] = [];
  const pattern = new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
  for (const { 0: found, index: start } of text.matchAll(pattern)) {
    const end = start + found.length;
    if (isWhole(text, start, end)) mentions.push({ choice, start, end, isExact: found === word });
  }
  return mentions;
}

/** `1` is not a word in `10`, `1.5`, `-1` or `4/1`; neither is `correct` in `incorrect`. */
function isWhole(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(0, start).slice(-2), text.slice(end, end + 2)];
  const first = text.charAt(start);
  const last = text.charAt(end - 1);
  // `__good__` is emphasis, `not_good` one word.
  if (isWordPart(first) && /[\p{L}\p{N}\p{M}]_{0,8}$/u.test(text.slice(0, start).slice(-9)))
    return false;
  if (isWordPart(last) && /^_{0,8}[\p{L}\p{N}\p{M}]/u.test(text.slice(end, end + 9))) return false;
  if (/\d/.test(first) && (/\d[.,/:]$/.test(before) || /(?:^|[^\p{L}\p{N}])[-+−]$/u.test(before))) {
    return false;
  }
  return !(/\d/.test(last) && /^[.,/:]\d/.test(after));
}

function isWordPart(char: string): boolean {
  return /[\p{L}\p{N}\p{M}_]/u.test(char);
}

/** The mention is all that its line says, perhaps after `Verdict:`. */
function isAlone(text: string, { start, end }: Mention): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  return !/[\p{L}\p{N}]/u.test(before.replace(LABEL, '')) && !/[\p{L}\p{N}]/u.test(after);
}

const LABEL =
  /^[\s*_`"'#>-]{0,8}(?:(?:my|the|final|overall)\s{1,4}){0,2}(?:verdict|answer|choice|decision|result|judge?ment|conclusion)[\s*_`"']{0,8}[:=][\s*_`"']{0,8}$/i;
