/**
 * The text of a change as it can be seen. White space alone is written with signs (`·`, `→`, `⏎`), characters
 * without a picture by their code, and so is everything but ASCII when the other text looks the same.
 */
export function showChange(text: string, other: string): string {
  if (text === '') return '';
  if (!/[^\s\p{Cf}]/u.test(text))
    return text.replace(/./gsu, (character) => SIGNS[character] ?? formatCode(character));
  if (text !== other && flatten(text) === flatten(other))
    return text.replace(/[^\n\x20-\x7e]/gu, formatCode);
  return text;
}

const SIGNS: Readonly<Record<string, string>> = { ' ': '·', '\t': '→', '\n': '⏎', '\r': '␍' };

function formatCode(character: string): string {
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `⟦U+${code}⟧`;
}

/** A text without what cannot be told apart by looking. */
function flatten(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ');
}
