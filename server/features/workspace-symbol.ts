import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { Feature } from '../feature.ts';
import type { PromptEntry } from '../prompt-entry.ts';

/** Maximum number of symbols in a response. */
const MAX_SYMBOLS = 500;

/** Finds prompts and declared variables across the workspace. */
export const workspaceSymbol: Feature = {
  name: 'workspace symbols',
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register: ({ connection, guard, workspace }) =>
    connection.onWorkspaceSymbol(
      guard.handler('workspace symbols', [] as WorkspaceSymbol[], ({ query }) =>
        findSymbols(workspace.entries(), query),
      ),
    ),
};

export function findSymbols(entries: readonly PromptEntry[], query: string): WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const { uri, name, model, range, variables } of entries) {
    if (matchesQuery(name, query))
      found.push({
        name,
        kind: SymbolKind.Module,
        location: { uri, range },
        ...(model ? { containerName: model } : {}),
      });
    for (const variable of variables)
      if (query !== '' && matchesQuery(variable.name, query))
        found.push({
          name: variable.name,
          kind: SymbolKind.Variable,
          location: { uri, range: variable.range },
          containerName: name,
        });
    if (found.length >= MAX_SYMBOLS) break;
  }
  return found.slice(0, MAX_SYMBOLS);
}

/** True if the name contains the characters of the query in order, ignoring case. */
function matchesQuery(name: string, query: string): boolean {
  const wanted = query.toLowerCase();
  let next = 0;
  for (const char of name.toLowerCase()) if (char === wanted[next]) next++;
  return next >= wanted.length;
}
