import type { SelectionRange } from 'vscode-languageserver';
import { locate } from '#core/prompt/locate.ts';
import type { Node } from '#core/prompt/node.ts';
import type { Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findVisibleEnd } from '../language/tree.ts';
import { findOccurrence } from '../language/variables.ts';
import { toRange } from '../to-lsp.ts';

/** Expands a selection: word, placeholder, line of text, value, key with value, item, list, file. */
export const selectionRange: Feature = {
  name: 'selection ranges',
  capabilities: () => ({ selectionRangeProvider: true }),
  register: (context) =>
    context.connection.onSelectionRanges(
      createDocumentHandler(
        context,
        'selection ranges',
        [] as SelectionRange[],
        (analysis, { positions }) =>
          positions.map((position) =>
            buildSelectionRange(analysis, analysis.lines.offset(position)),
          ),
      ),
    ),
};

export function buildSelectionRange(analysis: Analysis, offset: number): SelectionRange {
  const spans = collectSpans(analysis, offset);
  let range: SelectionRange | undefined;
  for (const span of spans) {
    const next = { range: toRange(analysis.lines, span) };
    range = range ? { ...next, parent: range } : next;
  }
  return range ?? { range: toRange(analysis.lines, { start: offset, end: offset }) };
}

/** The spans from the whole file to the smallest, each inside the previous one. */
function collectSpans(analysis: Analysis, offset: number): Span[] {
  const { text, prompt, lines } = analysis;
  const wanted: Span[] = [{ start: 0, end: text.length }];
  let node: Node | null = prompt.root;
  for (const part of locate(prompt.root, offset)?.path ?? []) {
    if (node)
      wanted.push({ start: node.span.start, end: findVisibleEnd(node, node.span.start, text) });
    if (node?.type === 'map') {
      const entry = node.entries.findLast((one) => one.key.source === part);
      if (!entry) break;
      const end = findVisibleEnd(entry.value, entry.key.span.end, text);
      wanted.push({ start: entry.key.span.start, end });
      const inKey = offset <= entry.key.span.end;
      if (inKey) wanted.push(entry.key.span);
      node = inKey ? null : entry.value;
    } else if (node?.type === 'list') node = node.items[Number(part)] ?? null;
  }
  if (node)
    wanted.push({ start: node.span.start, end: findVisibleEnd(node, node.span.start, text) });
  const { line } = lines.position(offset);
  const start = lines.lineStart(line) + (/^\s*/.exec(lines.line(line))?.[0].length ?? 0);
  wanted.push({ start, end: lines.lineStart(line) + lines.line(line).length });
  const here = findOccurrence(prompt, offset);
  if (here?.kind === 'placeholder')
    wanted.push({ start: here.span.start - 2, end: here.span.end + 2 });
  wanted.push(findWord(text, offset));
  return keepNested(wanted, offset);
}

/** Keeps the spans that contain the offset and are smaller than the previous one. */
function keepNested(wanted: readonly Span[], offset: number): Span[] {
  const kept: Span[] = [];
  for (const span of wanted) {
    const last = kept.at(-1);
    const isInside = !last || (span.start >= last.start && span.end <= last.end);
    const isSmaller = !last || span.end - span.start < last.end - last.start;
    if (isInside && isSmaller && span.start <= offset && offset <= span.end) kept.push(span);
  }
  return kept;
}

function findWord(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && /[\p{L}\p{N}_.-]/u.test(text[start - 1] ?? '')) start--;
  while (end < text.length && /[\p{L}\p{N}_.-]/u.test(text[end] ?? '')) end++;
  return { start, end };
}
