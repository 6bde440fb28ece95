const OPEN = /^\s*<(think|thinking|thought|reasoning)>/i;

/**
 * The text of an answer without the thoughts before it, and the whole text as `raw` if there were any. Thoughts are
 * a leading `<think>…</think>`; without its end, all of the text is thoughts, because the answer was cut off.
 * `writesThoughts`: the model may leave the opening tag out.
 */
export function cutThoughts(
  text: string,
  writesThoughts: boolean,
): { readonly text: string; readonly raw?: string } {
  const tag = OPEN.exec(text)?.[1]?.toLowerCase();
  if (tag === undefined && !writesThoughts) return { text };
  const end = new RegExp(`</${tag ?? 'think'}>`, 'i').exec(text);
  if (!end) return tag === undefined ? { text } : { text: '', raw: text };
  return { text: text.slice(end.index + end[0].length).trimStart(), raw: text };
}
