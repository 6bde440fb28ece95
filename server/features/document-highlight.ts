import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findOccurrence, findOccurrences } from '../language/variables.ts';
import { toRange } from '../to-lsp.ts';

/** Highlights a variable: declarations and values as writes, uses as reads. */
export const documentHighlight: Feature = {
  name: 'document highlight',
  capabilities: () => ({ documentHighlightProvider: true }),
  register: (context) =>
    context.connection.onDocumentHighlight(
      createDocumentHandler(
        context,
        'document highlight',
        [] as DocumentHighlight[],
        (analysis, params) => findHighlights(analysis, analysis.lines.offset(params.position)),
      ),
    ),
};

export function findHighlights({ prompt, lines }: Analysis, offset: number): DocumentHighlight[] {
  const here = findOccurrence(prompt, offset);
  if (!here) return [];
  return findOccurrences(prompt, here.name).map(({ span, kind }) => ({
    range: toRange(lines, span),
    kind: kind === 'placeholder' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
  }));
}
