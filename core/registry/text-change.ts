import { damerauDistance } from '../edit-distance.ts';
import { diffLists } from './diff-lists.ts';

/** The kind of a text change: none, white space, typos, or wording. */
export type TextChange = 'same' | 'whitespace' | 'typo' | 'wording';

/** More edited words than this are not typos. */
const MAX_EDITED_WORDS = 40;

interface Word {
  readonly text: string;
  /** Directly after a word and before a space or the end, as a period is. */
  readonly closes: boolean;
}

/**
 * Classifies the change from one template to another. A typo is a word that differs in few letters, where no
 * number, negation, quantity or placeholder changes, or the punctuation of a sentence.
 */
export function classifyTextChange(before: string, after: string): TextChange {
  if (before === after) return 'same';
  const edits = diffLists(
    splitWords(before),
    splitWords(after),
    MAX_EDITED_WORDS,
    (a, b) => a.text === b.text,
  );
  if (!edits) return 'wording';
  if (edits.length === 0) return 'whitespace';
  return edits.every(({ removed, added }) => isTypo(removed, added)) ? 'typo' : 'wording';
}

const WORDS = /\{\{[^{}\r\n]+\}\}|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*|\S/gu;

function splitWords(text: string): Word[] {
  return [...text.matchAll(WORDS)].map(({ 0: word, index }) => ({
    text: word,
    closes:
      /^[.,;:!?…]$/.test(word) &&
      /[\p{L}\p{N}]/u.test(text[index - 1] ?? '') &&
      /^\s?$/.test(text[index + 1] ?? ''),
  }));
}

function isTypo(removed: readonly Word[], added: readonly Word[]): boolean {
  const before = removed.filter(({ closes }) => !closes);
  const after = added.filter(({ closes }) => !closes);
  if (before.length !== after.length) return false;
  return before.every(({ text }, i) => isSpelling(text, after[i]?.text ?? ''));
}

/** True when two words are spellings of one. */
function isSpelling(before: string, after: string): boolean {
  if (before === after) return true;
  const [a, b] = [before.toLowerCase(), after.toLowerCase()];
  // A capital starts a sentence; all capitals add emphasis.
  if (a === b) return before.slice(1) === after.slice(1);
  if (!ALPHABETIC.test(a) || !ALPHABETIC.test(b)) return false;
  if (isMeaningful(a) || isMeaningful(b)) return false;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a[0] !== b[0]) return false;
  if (/er$/.test(a) !== /er$/.test(b) && /est$/.test(a) !== /est$/.test(b)) return false;
  return damerauDistance(a, b) <= (shorter >= 8 ? 2 : 1);
}

/** Scripts in which one letter seldom changes the meaning of a word. */
const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}'’]+$/u;

/** True for words of negation, quantity, obligation, order or reference: a change of these is never a typo. */
function isMeaningful(word: string): boolean {
  return MEANINGFUL.has(word) || /n['’]t$/.test(word);
}

/** English, then negations and quantities in other languages. */
const MEANINGFUL: ReadonlySet<string> = new Set(
  `not never none neither nothing nobody nowhere cannot without unless except only hardly avoid refuse
  deny disallow forbid allow must most more less least some same many much each every either both once
  twice half double single first second third last next previous then than that this these those them
  they there their here when where were with within will would could should might shall have from into
  onto over under upper lower before after always often sometimes rarely seldom above below inside
  outside true false maximum minimum maximal minimal three four five seven eight nine eleven twelve
  thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
  eighty ninety hundred thousand million billion zero
  nicht kein keine keinen keiner keinem nie niemals ohne nichts nur immer weder muss darf soll kann
  jamais sans aucun aucune rien seulement toujours nunca nada ningun ningún ninguna ninguno siempre
  nessun nessuno mai senza niente sempre niet geen nooit zonder altijd inte aldrig utan ingen alltid
  никогда нельзя нет без всегда только`.split(/\s+/),
);
