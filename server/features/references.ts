import type { Location } from 'vscode-languageserver';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findOccurrence, findOccurrences } from '../language/variables.ts';
import { toRange } from '../to-lsp.ts';

/** All references to a variable in messages, evaluators and test rows and, on request, its declaration. */
export const references: Feature = {
  name: 'references',
  capabilities: () => ({ referencesProvider: true }),
  register: (context) =>
    context.connection.onReferences(
      createDocumentHandler(context, 'references', [] as Location[], (analysis, params) =>
        findReferences(
          analysis,
          analysis.lines.offset(params.position),
          params.context.includeDeclaration,
        ),
      ),
    ),
};

export function findReferences(
  { prompt, lines, uri }: Analysis,
  offset: number,
  includeDeclaration: boolean,
): Location[] {
  const here = findOccurrence(prompt, offset);
  if (!here) return [];
  return findOccurrences(prompt, here.name)
    .filter(({ kind }) => includeDeclaration || kind !== 'declaration')
    .map(({ span }) => ({ uri, range: toRange(lines, span) }));
}
