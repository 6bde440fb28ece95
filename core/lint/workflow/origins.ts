import type { Trust } from '../../prompt/document.ts';
import type { Confidence } from '../../settings.ts';
import type { CallInput } from '../engine/facts.ts';

/** Who writes a value. `unknown`: it cannot be followed. */
export interface Origin {
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
  readonly kind: CallInput['kind'];
}

/**
 * A text as far as it is known: what the author wrote, with one character of a private area for each part whose
 * origin is known but whose text is not. So values are joined and split like texts.
 */
export type Value = string;

export const TRUSTED: Origin = { trust: 'trusted', confidence: 'high', kind: 'expression' };
export const UNKNOWN: Origin = { trust: 'unknown', confidence: 'low', kind: 'expression' };
/** Text of third parties that a script passes on: it may change it on the way. */
export const FETCHED: Origin = { trust: 'external', confidence: 'medium', kind: 'expression' };
export const MODEL: Origin = { trust: 'external', confidence: 'high', kind: 'model' };

/** From the most trusted to the least. */
const TRUSTS: readonly Origin['trust'][] = ['trusted', 'unknown', 'user', 'external'];
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];
const KINDS: readonly Origin['kind'][] = ['text', 'expression', 'file', 'model'];
/** The first of the characters that stand for origins. */
const FIRST = 0xe000;
const COUNT = TRUSTS.length * CONFIDENCES.length * KINDS.length;
const MARKS = /[\ue000-\ue02f]/g;

/** Longer values keep only their origins, in UTF-16 units. */
const MAX_VALUE = 4000;

/** The character that stands for text of this origin. */
export function markOrigin({ trust, confidence, kind }: Origin): Value {
  const index =
    (TRUSTS.indexOf(trust) * CONFIDENCES.length + CONFIDENCES.indexOf(confidence)) * KINDS.length +
    KINDS.indexOf(kind);
  return String.fromCharCode(FIRST + index);
}

/** The least trusted origin in a value; what the author wrote is trusted. */
export function readOrigin(value: Value): Origin {
  return findLeastTrusted(listMarks(value).map(toOrigin));
}

/** True if all of a value is the author's own text, which is then its text. */
export function isLiteral(value: Value): boolean {
  return !/[\ue000-\ue02f]/.test(value);
}

/** Removes what would be taken for an origin from a text that somebody wrote. */
export function toValue(text: string): Value {
  return text.replace(MARKS, '');
}

/** A value after a step that may change it, such as a filter. */
export function weaken(value: Value): Value {
  return value.replace(MARKS, (mark) => {
    const origin = toOrigin(mark);
    return markOrigin(
      origin.confidence === 'high' && origin.kind !== 'model' && origin.trust !== 'trusted'
        ? { ...origin, confidence: 'medium' }
        : origin,
    );
  });
}

/** What is printed or written after something else. Files and answers end with a line break of their own. */
export function appendValue(before: Value, next: Value): Value {
  const isOpen = next !== '' && /[\ue000-\ue02f]$/.test(before);
  return boundValue(isOpen ? `${before}\n${next}` : before + next);
}

/** Keeps a value bounded: of a long one only its beginning and its origins remain. */
export function boundValue(value: Value): Value {
  if (value.length <= MAX_VALUE) return value;
  return value.slice(0, MAX_VALUE) + listMarks(value, MAX_VALUE).join('');
}

/** The least trusted of several origins, with the most certain evidence; of none: trusted. */
export function findLeastTrusted(origins: readonly Origin[]): Origin {
  return origins.reduce((a, b) => (rank(b) > rank(a) ? b : a), TRUSTED);
}

/** The different marks in a value. A loop, because values can be long. */
function listMarks(value: Value, from = 0): string[] {
  const isThere = new Uint8Array(COUNT);
  for (let i = from; i < value.length; i++) {
    const index = value.charCodeAt(i) - FIRST;
    if (index >= 0 && index < COUNT) isThere[index] = 1;
  }
  return [...isThere.keys()]
    .filter((index) => isThere[index] === 1)
    .map((index) => String.fromCharCode(FIRST + index));
}

function rank({ trust, confidence }: Origin): number {
  return TRUSTS.indexOf(trust) * CONFIDENCES.length + CONFIDENCES.indexOf(confidence);
}

function toOrigin(mark: string): Origin {
  const index = mark.charCodeAt(0) - FIRST;
  const rest = Math.floor(index / KINDS.length);
  return {
    trust: TRUSTS[Math.floor(rest / CONFIDENCES.length)] ?? 'unknown',
    confidence: CONFIDENCES[rest % CONFIDENCES.length] ?? 'low',
    kind: KINDS[index % KINDS.length] ?? 'expression',
  };
}
