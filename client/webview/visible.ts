/** A text that goes on, without what only the next part decides: half of a pair, of a line break. */
export function splitAtOpenPair(text: string): { readonly text: string; readonly open: string } {
  const cut = /[\r\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
  return { text: text.slice(0, cut), open: text.slice(cut) };
}

/**
 * The text with characters that do something unseen, written out: control characters (ANSI escapes begin
 * with one) as their pictures, those that turn the writing direction by their code.
 */
export function showInvisibles(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, (character) => {
      const code = character.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : `⟦${code.toString(16)}⟧`;
    })
    .replace(
      /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (character) => `⟦U+${character.charCodeAt(0).toString(16).toUpperCase()}⟧`,
    );
}
