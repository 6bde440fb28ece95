import type { RowValue } from '../../prompt/document.ts';
import { readTemplate } from '../../prompt/template.ts';
import type { Span } from '../../text.ts';

/** Maps a span of a row's value to the file; points at the key if the value is not written literally. */
export function pointAtValue(
  { node, keySpan, text }: RowValue,
  start: number,
  length: number,
  fileText: string,
): Span {
  if (node.type !== 'scalar' || node.alias || node.value !== text) return keySpan;
  return readTemplate(node, fileText).span(start, start + length);
}
