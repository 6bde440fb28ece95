import type { Range } from 'vscode-languageserver';
import type { Analysis } from './analysis.ts';
import { toRange } from './to-lsp.ts';

/** The index entry of a prompt file for workspace symbol search. */
export interface PromptEntry {
  readonly uri: string;
  readonly name: string;
  readonly model: string | null;
  readonly range: Range;
  readonly variables: readonly { readonly name: string; readonly range: Range }[];
}

export function createPromptEntry(analysis: Analysis): PromptEntry {
  const { prompt, lines, uri } = analysis;
  const start = prompt.name?.span ?? { start: 0, end: 0 };
  return {
    uri,
    name: getDisplayName(analysis),
    model: prompt.model,
    range: toRange(lines, start),
    variables: prompt.variables.map(({ name, nameSpan }) => ({
      name,
      range: toRange(lines, nameSpan),
    })),
  };
}

/** The prompt's name, else its id, else its path. */
export function getDisplayName({ prompt, file }: Analysis): string {
  return prompt.name?.source || prompt.id || file.path;
}
