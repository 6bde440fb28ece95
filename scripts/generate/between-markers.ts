/**
 * Replaces what stands between `<!-- generated:name -->` and `<!-- /generated:name -->`.
 * Throws when the text has no such pair.
 */
export function betweenMarkers(text: string, name: string, content: string): string {
  const open = `<!-- generated:${name} -->`;
  const close = `<!-- /generated:${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`the text has no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${content.trim()}\n${text.slice(end)}`;
}
