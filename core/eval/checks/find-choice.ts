import type { JudgeChoice } from '../../prompt/document.ts';

/**
 * Finds the choice that a judge's answer names as a whole word. The last mention is used; of two that end at
 * the same place, the longer one. Case is ignored only if no choice matches exactly. Null if there is none.
 */
export function findChoice(answer: string, choices: readonly JudgeChoice[]): JudgeChoice | null {
  const named = choices.filter(({ choice }) => choice.trim() !== '');
  return (
    findLastMention(answer, named, (text) => text) ??
    findLastMention(answer, named, (text) => text.toLowerCase())
  );
}

function findLastMention(
  answer: string,
  choices: readonly JudgeChoice[],
  fold: (text: string) => string,
): JudgeChoice | null {
  const text = fold(answer);
  let best: { choice: JudgeChoice; end: number; length: number } | null = null;
  for (const choice of choices) {
    const word = fold(choice.choice.trim());
    let at = text.lastIndexOf(word);
    while (at >= 0 && !isWhole(text, at, at + word.length)) {
      at = at === 0 ? -1 : text.lastIndexOf(word, at - 1);
    }
    if (at < 0) continue;
    const end = at + word.length;
    if (!best || end > best.end || (end === best.end && word.length > best.length)) {
      best = { choice, end, length: word.length };
    }
  }
  return best?.choice ?? null;
}

/** `1` is not a word in `10`, `1.5`, `-1` or `4/1`; neither is `correct` in `incorrect`. */
function isWhole(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(0, start).slice(-2), text.slice(end, end + 2)];
  const first = text.charAt(start);
  const last = text.charAt(end - 1);
  if (isWordPart(first) && isWordPart(before.slice(-1))) return false;
  if (isWordPart(last) && isWordPart(after.charAt(0))) return false;
  if (/\d/.test(first) && (/\d[.,/:]$/.test(before) || /(?:^|[^\p{L}\p{N}])[-+−]$/u.test(before))) {
    return false;
  }
  return !(/\d/.test(last) && /^[.,/:]\d/.test(after));
}

function isWordPart(char: string): boolean {
  return /[\p{L}\p{N}\p{M}_]/u.test(char);
}
