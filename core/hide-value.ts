/** Less of a value than this, before a `…`, tells nothing. */
const MIN_SHOWN = 3;

/**
 * The text with a mark in the place of a value, also of its beginning before a `…`: sentences cut long
 * quotations. `told` characters of it may be shown.
 */
export function hideValue(text: string, value: string, mark: string, told = 0): string {
  const hidden = text.replaceAll(value, () => mark);
  if (!hidden.includes('…')) return hidden;
  const [first = '', ...rest] = hidden.split('…');
  let out = first;
  for (const piece of rest) {
    const length = measureBeginningAtEnd(out, value);
    if (length >= told + MIN_SHOWN) out = out.slice(0, out.length - length) + mark;
    out += `…${piece}`;
  }
  return out;
}

/** How many first characters of the value end the text; the steps of Knuth, Morris and Pratt. */
function measureBeginningAtEnd(text: string, value: string): number {
  const back = new Int32Array(value.length);
  const step = (matched: number, char: string): number => {
    let length = matched;
    while (length > 0 && (length === value.length || value[length] !== char))
      length = back[length - 1] ?? 0;
    return value[length] === char ? length + 1 : length;
  };
  for (let i = 1; i < value.length; i++) back[i] = step(back[i - 1] ?? 0, value.charAt(i));
  let length = 0;
  for (let i = Math.max(0, text.length - value.length); i < text.length; i++)
    length = step(length, text.charAt(i));
  return length;
}
