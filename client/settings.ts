import { type Uri, workspace } from 'vscode';

/** USD above which the user wants to be asked before these prompts run: the lowest of their settings. */
export function readConfirmAbove(uris: readonly Uri[]): number {
  const limits = uris.map((uri) =>
    workspace.getConfiguration('promptsmith', uri).get('run.confirmAbove', 0),
  );
  return Math.min(...limits);
}
