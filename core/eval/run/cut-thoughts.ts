const OPEN = /^\s*<(think|thinking|thought|reasoning)>/i;

/**
 * The text of an answer without the thoughts before it, and the whole text as `raw` if there were any. Thoughts are
 * a leading `<think>…</think>`; without its end, all of the text is thoughts, because the answer was cut off.
 * `writesThoughts`: the model may leave the opening tag out; undefined = not known, then the end must stand on a line
 * of its own with no opening tag anywhere before it.
 */
export function cutThoughts(
  text: string,
  writesThoughts: boolean | undefined,
): { readonly text: string; readonly raw?: string } {
  const tag = OPEN.exec(text)?.[1]?.toLowerCase();
  if (tag === undefined && !mayLackTag(text, writesThoughts)) return { text };
  const end = new RegExp(`</${tag ?? 'think'}>`, 'i').exec(text);
  if (!end) return tag === undefined ? { text } : { text: '', raw: text };
  return { text: text.slice(end.index + end[0].length).trimStart(), raw: text };
}

function mayLackTag(text: string, writesThoughts: boolean | undefined): boolean {
  if (writesThoughts !== undefined) return writesThoughts;
  const end = text.indexOf('</think>');
  const line = text.slice(text.lastIndexOf('\n', end) + 1).split('\n', 1)[0];
  return end >= 0 && line?.trim() === '</think>' && !text.slice(0, end).includes('<think');
}
