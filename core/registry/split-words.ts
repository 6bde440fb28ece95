/** A word, number, placeholder, emoji or mark of a text, with the white space before it. */
export interface TextToken {
  readonly space: string;
  /** Empty only for the last token of a text, which holds the white space at its end. */
  readonly text: string;
}

/**
 * Splits a text into tokens that give the text again when joined. Languages without spaces between words,
 * such as Chinese and Japanese, are split by a dictionary.
 */
export function splitTokens(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let segmenter: Intl.Segmenter | undefined;
  let end = 0;
  for (const { 0: word, index } of text.matchAll(TOKENS)) {
    const space = text.slice(end, index);
    end = index + word.length;
    if (!UNSPACED.test(word)) {
      tokens.push({ space, text: word });
      continue;
    }
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
    for (const { segment, index: at } of segmenter.segment(word))
      tokens.push({ space: at === 0 ? space : '', text: segment });
  }
  tokens.push({ space: text.slice(end), text: '' });
  return tokens;
}

/** True for a word, a number or a placeholder; false for marks and emoji. */
export function isWordToken({ text }: TextToken): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Placeholders, words and numbers, emoji with their modifiers, flags, and any other character alone. */
const TOKENS =
  /\{\{[^{}\r\n]+\}\}|[\p{L}\p{M}\p{N}_\u200c\u200d]+(?:['’][\p{L}\p{M}]+|(?<=\p{N})[.,]\p{N}+)*|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)*(?:\u200d\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)*)*|\p{Regional_Indicator}{2}|\S/gu;

/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
