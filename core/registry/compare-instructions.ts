/** Sentences that one text has more than another. */
export interface InstructionChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A sentence whose words stand to this share in what it replaces is that one, reworded. */
const REWORDED = 0.5;

/**
 * The instructions that were added to or removed from a system text; a sentence that was merely reworded,
 * or replaced by another one, is neither. Examples and headings are no instructions. Linear in both texts.
 */
export function compareInstructions(before: string, after: string): InstructionChange {
  const [left, right] = [splitSentences(before), splitSentences(after)];
  const gone = subtract(left, right);
  const come = subtract(right, left);
  const [removed, added] = [dropReworded(gone, come), dropReworded(come, gone)];
  // One for one is a replacement, unless nothing of the text was left.
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

/** What the first list has more than the second, each as often as it is missing there. */
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

/** The sentences whose words mostly do not stand in the others. */
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

/** Words that carry meaning: of four letters and more, or with a digit; all words where there is none. */
function extractKeywords(sentence: string): string[] {
  const all = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = all.filter((word) => word.length > 3 || /\p{N}/u.test(word));
  return long.length > 0 ? long : all;
}
