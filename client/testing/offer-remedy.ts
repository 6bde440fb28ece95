import { commands, Uri, window, workspace } from 'vscode';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { EvalManner } from './eval-manner.ts';
import { promptFile } from './prompt-text.ts';

/** Why a prompt cannot be evaluated. */
export interface Trouble {
  readonly trouble: string;
  readonly uri: Uri;
  /** What would help: `key`, `consent`. */
  readonly remedy?: string;
}

/** Says what is wrong and what would help. How to run after that, or null when nobody wants to. */
export async function offerRemedy(
  { trouble, uri, remedy }: Trouble,
  keys: ApiKeys,
): Promise<EvalManner | null> {
  const replay = 'Use Recorded Answers';
  const mend = remedy === 'consent' ? 'Allow…' : 'Set API Key…';
  const settings = 'Open Settings';
  const isBudget = trouble.includes('promptsmith.budget.month');
  const hasReplay = remedy !== undefined && (await hasRecordings(uri));
  if (remedy !== undefined && !hasReplay) return (await gainAccess(uri, keys)) ? {} : null;
  const chosen = await window.showErrorMessage(
    `Promptsmith: ${trouble}`,
    ...(hasReplay ? [mend, replay] : []),
    ...(isBudget ? [settings] : []),
  );
  if (chosen === replay) return { options: { replay: true } };
  if (chosen === settings)
    await commands.executeCommand('workbench.action.openSettings', 'promptsmith.budget.month');
  return chosen === mend && (await gainAccess(uri, keys)) ? {} : null;
}

/** Asks for the key or the consent that the prompt's models need. */
async function gainAccess(uri: Uri, keys: ApiKeys): Promise<boolean> {
  const prompt = await promptFile(uri);
  if (!prompt) return false;
  const { modelsOf, openReadyAccess } = await import('../on-demand.ts');
  const { project, ids } = await modelsOf(prompt);
  return (await openReadyAccess(keys, project, ids)) !== null;
}

/** Nothing is sent from a workspace that nobody trusts. */
export async function sayUntrusted(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const chosen = await window.showWarningMessage(
    'Golden cases run only in a trusted workspace: its settings say where prompts are sent.',
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
}

/** Whether answers were recorded for a prompt: in `recordings/<stem>.jsonl` beside it. */
async function hasRecordings(uri: Uri): Promise<boolean> {
  const stem = /([^/]*?)\.?prompt\.ya?ml$/i.exec(uri.path)?.[1] || 'prompt';
  return await workspace.fs.stat(Uri.joinPath(uri, '..', 'recordings', `${stem}.jsonl`)).then(
    () => true,
    () => false,
  );
}
