import type { Span } from '../../text.ts';

/** Sentences that ask the model not to disclose something. Bounded. */
const NONDISCLOSURE =
  /\b(?:do not|don't|never|must not|cannot|can't|should not|shall not|not to|refuse to|under no circumstances)\b[^.!?\n]{0,60}\b(?:reveal|share|disclose|tell|mention|give (?:out|away)|repeat|output|print|expose|leak|divulge|show|discuss|say)\b[^.!?\n]{0,120}|\bkeep\b[^.!?\n]{0,60}\b(?:secret|confidential|private|to yourself|hidden)\b/gi;

/** Words for the prompt itself as the thing to protect. */
const OWN_TEXT =
  /\b(?:(?:system |these |this |your |the |initial |my |above )+(?:prompt|instructions?|rules|guidelines|configuration|system message)|prompt|instructions)\b/i;

export interface Nondisclosure {
  readonly span: Span;
  /** True if it protects the prompt itself. */
  readonly isOwnText: boolean;
}

/** Finds the nondisclosure sentences of a text. */
export function findNondisclosures(text: string): readonly Nondisclosure[] {
  return [...text.matchAll(NONDISCLOSURE)].map(({ 0: sentence, index }) => {
    const span = { start: index, end: index + sentence.trimEnd().length };
    return { span, isOwnText: OWN_TEXT.test(sentence) };
  });
}
