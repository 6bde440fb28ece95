import { type Uri, workspace } from 'vscode';
import type { MonthLimit } from '#app/eval/month-limits.ts';

/** USD above which the user wants to be asked before these prompts run: the lowest of their settings. */
export function readConfirmAbove(uris: readonly Uri[]): number {
  const limits = uris.map((uri) =>
    workspace.getConfiguration('promptsmith', uri).get('run.confirmAbove', 0),
  );
  return Math.min(...limits);
}

/** The user's budgets of a month: one in the user settings counts all projects, one of the workspace this project. */
export function readMonthLimits(uri: Uri): MonthLimit[] {
  const set = workspace.getConfiguration('promptsmith', uri).inspect<number | null>('budget.month');
  const own = set?.workspaceFolderValue ?? set?.workspaceValue;
  const source = 'setting promptsmith.budget.month';
  return [
    { usd: own, scope: 'project' } as const,
    { usd: set?.globalValue, scope: 'user' } as const,
  ].flatMap(({ usd, scope }) =>
    typeof usd === 'number' ? [{ usd, scope, origin: 'editor', source } as const] : [],
  );
}
