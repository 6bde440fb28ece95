import { ProgressLocation, Uri, window } from 'vscode';
import { showNoPromptMessage } from '../active-prompt.ts';
import { evaluateAndNotify } from '../testing/evaluate-and-notify.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { Command } from './command.ts';
import { resolvePromptUris } from './prompt-uris.ts';

/** Files that are compared with HEAD at once. */
const MAX_CONCURRENT = 8;

/** Evaluates a prompt and shows the result, compared with the file at HEAD or the last run. */
export const evaluatePrompt: Command = {
  id: 'promptsmith.evaluatePrompt',
  async run(context, ...args) {
    const uris = resolvePromptUris(context, args);
    if (uris.length === 0) await showNoPromptMessage();
    else await evaluateAndNotify(context, uris, { baseline: { kind: 'default', runs: true } });
  },
};

/** Evaluates every prompt with golden cases that has changed since HEAD. */
export const evaluateChanged: Command = {
  id: 'promptsmith.evaluateChanged',
  async run(context) {
    const uris = context.prompts.prompts
      .filter(({ cases, hasTestFiles }) => cases > 0 || hasTestFiles)
      .map(({ uri }) => Uri.parse(uri));
    const changed = await window.withProgress(
      { location: ProgressLocation.Window, title: 'Finding changed prompts' },
      () => findChanged(uris),
    );
    if (changed.length === 0)
      await window.showInformationMessage('No prompt with golden cases has changed since HEAD.');
    else await evaluateAndNotify(context, changed, { baseline: { kind: 'default', runs: true } });
  },
};

async function findChanged(uris: readonly Uri[]): Promise<Uri[]> {
  const { differsFromHead } = await import('../on-demand.ts');
  const changed = new Set<Uri>();
  const open = uris.values();
  const work = async () => {
    for (const uri of open) {
      const prompt = await promptFile(uri);
      if (prompt && (await differsFromHead(prompt))) changed.add(uri);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, work));
  return uris.filter((uri) => changed.has(uri));
}
