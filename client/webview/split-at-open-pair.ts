/** A text that goes on, without what only the next part decides: half of a pair, of a line break. */
export function splitAtOpenPair(text: string): { readonly text: string; readonly open: string } {
  const cut = /[\r\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
  return { text: text.slice(0, cut), open: text.slice(cut) };
}
