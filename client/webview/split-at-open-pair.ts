/** Splits off the end of a streamed text that the next part completes: half of a surrogate pair or line break. */
export function splitAtOpenPair(text: string): { readonly text: string; readonly open: string } {
  const cut = /[\r\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
  return { text: text.slice(0, cut), open: text.slice(cut) };
}
