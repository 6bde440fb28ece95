const BLANK = 0x20;
const LF = 0x0a;

/**
 * True where the token pieces of both encodings always end, whatever stands further off: between an
 * ASCII letter and a blank or line feed, and between a line feed and a visible character but `/`. So
 * the texts on both sides can be counted apart. `at` must lie inside the text.
 */
export function isCut(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (before === LF) return (after > BLANK && after < 0x7f && after !== 0x2f) || after > 0x3000;
  if (after !== BLANK && after !== LF) return false;
  const letter = before | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

/** The first cut after `from`, -1 when there is none. */
export function findFirstCut(text: string, from = 0): number {
  for (let at = from + 1; at < text.length; at++) if (isCut(text, at)) return at;
  return -1;
}

/** The last cut before `to` and after `from`, -1 when there is none. */
export function findLastCut(text: string, from = 0, to: number = text.length): number {
  for (let at = Math.min(to, text.length) - 1; at > from; at--) if (isCut(text, at)) return at;
  return -1;
}
