import type { RowValue } from '../../prompt/document.ts';
import { readTemplate } from '../../prompt/template.ts';
import type { Span } from '../../text.ts';

/** The place of a stretch of a row's value in the file; the key's for a value that was not written so. */
export function pointAtValue(
  { node, keySpan, text }: RowValue,
  start: number,
  length: number,
  fileText: string,
): Span {
  if (node.type !== 'scalar' || node.alias || node.value !== text) return keySpan;
  return readTemplate(node, fileText).span(start, start + length);
}
