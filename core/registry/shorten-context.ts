import { isWordToken, splitTokens } from './split-words.ts';

/** Unchanged words that are shown before and after a change, on its line. */
const CONTEXT_WORDS = 7;

/** The same limit in UTF-16 units, for text that is one endless word. */
const CONTEXT_LENGTH = 100;

/** Less is not worth a sign that stands for it. */
const MIN_OMITTED = 8;

/** Whether a change comes before and after an unchanged stretch. */
export interface Neighbors {
  readonly before: boolean;
  readonly after: boolean;
}

/**
 * Shortens an unchanged stretch to what helps to find the changes next to it. The result alternates between
 * text and what is left out: odd entries are left out, `\n` where that is whole lines.
 */
export function shortenContext(text: string, { before, after }: Neighbors): string[] {
  const lines = text.split('\n');
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  if (lines.length === 1 && before && after) {
    const [head, tail] = [takeStart(text), takeEnd(text)];
    return head.length + tail.length >= text.length - MIN_OMITTED ? [text] : [head, '…', tail];
  }
  const head = before ? takeStart(first) : '';
  const tail = after ? takeEnd(last) : '';
  const start = !before ? [''] : head === first ? [head] : [head, '…', ''];
  const end = !after ? [''] : tail === last ? [tail] : ['', '…', tail];
  if (!before) return end;
  if (!after) return start;
  const between = lines.slice(1, -1);
  const isBlank = between.every((line) => line.trim() === '');
  const middle = isBlank ? ['\n'.repeat(lines.length - 1)] : ['\n', '\n', '\n'];
  return joinParts(joinParts(start, middle), end);
}

/** Joins two alternating lists: the last text of one and the first of the other are one text. */
function joinParts(left: readonly string[], right: readonly string[]): string[] {
  return [...left.slice(0, -1), `${left.at(-1) ?? ''}${right[0] ?? ''}`, ...right.slice(1)];
}

function takeStart(text: string): string {
  let [length, words] = [0, 0];
  for (const token of splitTokens(text.slice(0, 4 * CONTEXT_LENGTH))) {
    if (isWordToken(token) && ++words > CONTEXT_WORDS) break;
    length += token.space.length + token.text.length;
    if (length > CONTEXT_LENGTH) break;
  }
  if (length > 2 * CONTEXT_LENGTH) length = CONTEXT_LENGTH;
  return text.length - length < MIN_OMITTED
    ? text
    : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

function takeEnd(text: string): string {
  let [length, words] = [0, 0];
  const near = text.slice(-4 * CONTEXT_LENGTH);
  for (const token of splitTokens(near).reverse()) {
    if (isWordToken(token) && ++words > CONTEXT_WORDS) break;
    length += token.space.length + token.text.length;
    if (length > CONTEXT_LENGTH) break;
  }
  if (length > 2 * CONTEXT_LENGTH) length = CONTEXT_LENGTH;
  return text.length - length < MIN_OMITTED
    ? text
    : text.slice(text.length - length).replace(/^[\udc00-\udfff]|^\s+/, '');
}
