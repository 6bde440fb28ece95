import { commands, Uri, window, workspace } from 'vscode';
import type { ApiKeys } from '../keys/api-keys.ts';
import { type EvalBlocker, type EvalFix, FIX_LABELS, listFixes } from './eval-blocker.ts';
import type { EvalRunOptions } from './eval-run-options.ts';
import { promptFile } from './prompt-file.ts';

/**
 * Shows why a prompt cannot be evaluated, with what fixes it; `models`: those that it is to run on, if they are
 * not its own. Resolves to the options to try again with;
 * null when the user does not want to.
 */
export async function offerFix(
  blocker: EvalBlocker,
  uri: Uri,
  keys: ApiKeys,
  models: readonly string[] = [],
): Promise<EvalRunOptions | null> {
  const fixes = listFixes(blocker, await hasRecordings(uri));
  const [only] = fixes;
  // The dialogs of these explain the blocker themselves.
  if (fixes.length === 1 && (only === 'set-key' || only === 'allow-origin'))
    return await applyFix(only, uri, keys, models);
  const labels = fixes.map((fix) => FIX_LABELS[fix]);
  const chosen = await window.showErrorMessage(`Promptsmith: ${blocker.message}`, ...labels);
  const fix = fixes.find((one) => FIX_LABELS[one] === chosen);
  return fix ? await applyFix(fix, uri, keys, models) : null;
}

async function applyFix(
  fix: EvalFix,
  uri: Uri,
  keys: ApiKeys,
  models: readonly string[],
): Promise<EvalRunOptions | null> {
  switch (fix) {
    case 'set-key':
    case 'allow-origin':
      return (await gainAccess(uri, keys, models)) ? {} : null;
    case 'replay':
      return { options: { replay: true } };
    case 'open-budget-setting':
      await commands.executeCommand('workbench.action.openSettings', 'promptsmith.budget.month');
      return null;
    default:
      return fix satisfies never;
  }
}

/** Asks for the key or the consent that the prompt's models need, and those that it is to run on. */
async function gainAccess(uri: Uri, keys: ApiKeys, models: readonly string[]): Promise<boolean> {
  const prompt = await promptFile(uri);
  if (!prompt) return false;
  const { readPromptModels, openReadyAccess } = await import('../on-demand.ts');
  const { project, ids } = await readPromptModels(prompt);
  return (await openReadyAccess(keys, project, [...new Set([...ids, ...models])])) !== null;
}

/** Nothing is sent from a workspace that is not trusted. */
export async function showUntrusted(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const chosen = await window.showWarningMessage(
    'Golden cases run only in a trusted workspace, because its settings decide where prompts are sent.',
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
}

/** Whether answers are recorded for a prompt. */
async function hasRecordings(uri: Uri): Promise<boolean> {
  const { getRecordingsPath } = await import('../on-demand.ts');
  return await workspace.fs.stat(Uri.file(getRecordingsPath(uri.fsPath))).then(
    () => true,
    () => false,
  );
}
