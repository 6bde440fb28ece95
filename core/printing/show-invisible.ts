/**
 * Writes out characters that act without being seen: control characters (ANSI escapes begin with one) as
 * their pictures, the other controls, line separators and bidirectional controls by their code. Tabs and
 * line breaks stay; every kind of line break becomes `\n`.
 */
export function showInvisible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
      const code = character.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`;
    });
}
