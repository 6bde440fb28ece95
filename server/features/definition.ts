import type { Location } from 'vscode-languageserver';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findOccurrence, findOccurrences } from '../language/variables.ts';
import { toRange } from '../to-lsp.ts';

/** Goes from a variable to its declaration, or to the test rows with its values if it is not declared. */
export const definition: Feature = {
  name: 'definition',
  capabilities: () => ({ definitionProvider: true }),
  register: (context) =>
    context.connection.onDefinition(
      createDocumentHandler(context, 'definition', [] as Location[], (analysis, { position }) =>
        findDefinitions(analysis, analysis.lines.offset(position)),
      ),
    ),
};

export function findDefinitions(analysis: Analysis, offset: number): Location[] {
  const { prompt, lines, uri } = analysis;
  const here = findOccurrence(prompt, offset);
  if (!here) return [];
  const all = findOccurrences(prompt, here.name);
  const declared = all.filter(({ kind }) => kind === 'declaration');
  const targets = declared.length > 0 ? declared : all.filter(({ kind }) => kind === 'value');
  return targets.map(({ span }) => ({ uri, range: toRange(lines, span) }));
}
