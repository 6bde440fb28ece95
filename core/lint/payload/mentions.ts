import type { Span } from '../../text.ts';

/** How far around a match its sentence is read. */
const REACH = 100;

/** Words that announce a mention, a warning or a refusal of an order rather than the order itself. */
const BEFORE =
  /\b(?:if|when|whenever|unless|like|such as|e\.?g|i\.?e|example|include|includes|including|any|attempts?|attempting|try|tries|trying|asks?|asked|asking|requests?|requested|requesting|instructs?|instructed|tells?|told|telling|says?|said|saying|claims?|claiming|contains?|containing|detect|detects|flag|block|reject|refuse|resist|decline|never|not|don't|cannot|can't|avoid|prevent|against|mechanisms?|commands?|techniques?|patterns?|phrases?|messages?|prompts? that|attacks?|injections?|users? (?:may|might|could|will|can)|someone|anyone|designed to|meant to|to)\b[^.!?\n]{0,80}$/;

/** An order about the contents of the data is a guard. */
const AFTER =
  /^[^.!?\n]{0,60}\b(?:in|within|inside|from|contained|embedded|found|hidden|placed|present|appear|appears|appearing|between|the (?:user|document|text|email|issue|page|data|input|content|diff)|they|it|tags?)\b/;

/** Words in orders to ignore what somebody asks. */
const WITHIN = /\b(?:requests?|attempts?|asking|trying|users?)\b/;

/**
 * True if a match in a text by the prompt's author is a mention: quoted, negated, about somebody else,
 * or a guard against instructions in the data. `text` is normalized.
 */
export function isMention(text: string, { start, end }: Span): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(Math.max(lineStart, start - REACH), start);
  if (BEFORE.test(before)) return true;
  if (isQuoted(text.slice(Math.max(lineStart, start - 4 * REACH), start))) return true;
  const after = text.slice(end, end + REACH);
  return WITHIN.test(text.slice(start, end)) || AFTER.test(after) || isListed(before);
}

/** True after an odd number of quotation marks on the line. */
function isQuoted(before: string): boolean {
  for (const mark of ['"', '`']) if (before.split(mark).length % 2 === 0) return true;
  return before.split('«').length > before.split('»').length || /(?:^|[\s(])'[^']*$/.test(before);
}

/** A bulleted list entry that describes a kind: `- jailbreaks: …`. */
function isListed(before: string): boolean {
  return /^\s*(?:[-*•]|\d{1,2}[.)])\s{1,4}[^.!?]{1,60}:\s/.test(before);
}
