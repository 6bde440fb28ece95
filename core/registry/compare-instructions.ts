/** Sentences that were added to and removed from a text. */
export interface InstructionChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A sentence that shares this part of its words with the other text was reworded, not added. */
const REWORDED = 0.5;

/**
 * Finds the instructions that were added to or removed from a system text; a sentence that was reworded or
 * replaced by another one is neither. Examples and headings are not instructions. Linear in both texts.
 */
export function compareInstructions(before: string, after: string): InstructionChange {
  const [left, right] = [splitSentences(before), splitSentences(after)];
  const gone = subtract(left, right);
  const come = subtract(right, left);
  const [removed, added] = [dropReworded(gone, come), dropReworded(come, gone)];
  // Equal numbers are replacements, unless the whole text was rewritten.
  const isRewritten = added.length >= 3 && added.length === right.length;
  if (removed.length === added.length && !isRewritten) return { added: [], removed: [] };
  return { added, removed };
}

function splitSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?。！？])(?=\s|[^\s\p{P}\p{N}a-z])|\n+/u)
    .map((sentence) => sentence.trim().replace(/\s+/g, ' '))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence) && !NO_INSTRUCTION.test(sentence));
}

/** Headings, tags alone, and lines of examples. */
const NO_INSTRUCTION =
  /^(?:#+\s|<\/?[\w-]+>$|(?:[-*]\s*)?(?:examples?|for example|e\.g\.|input|output|question|answer|user|assistant|q|a|beispiel|exemple|ejemplo)\b[^.!?]{0,20}:)/iu;

/** The sentences that the first list contains more often than the second, with their surplus. */
function subtract(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const sentence of other)
    left.set(normalizeSentence(sentence), (left.get(normalizeSentence(sentence)) ?? 0) + 1);
  return list.filter((sentence) => {
    const count = left.get(normalizeSentence(sentence)) ?? 0;
    left.set(normalizeSentence(sentence), count - 1);
    return count <= 0;
  });
}

/** Drops sentences that share most of their words with the others. */
function dropReworded(sentences: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.flatMap(extractKeywords));
  return sentences.filter((sentence) => {
    const words = extractKeywords(sentence);
    const shared = words.filter((word) => known.has(word)).length;
    return words.length === 0 || shared / words.length < REWORDED;
  });
}

function normalizeSentence(sentence: string): string {
  return sentence.replace(/(?<![.,;:!?])[.,;:!?]+$/, '').toLowerCase();
}

/** Words of four letters or more, or with a digit; all words if there are none. */
function extractKeywords(sentence: string): string[] {
  const all = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = all.filter((word) => word.length > 3 || /\p{N}/u.test(word));
  return long.length > 0 ? long : all;
}
