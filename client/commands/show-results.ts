import { window } from 'vscode';
import { showNoPromptMessage } from '../active-prompt.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { Command } from './command.ts';
import { resolvePromptUris } from './prompt-uris.ts';

/** Shows the newest stored run of a prompt, or the one whose id is given. */
export const showResults: Command = {
  id: 'promptsmith.showResults',
  async run(context, ...args) {
    const [uri] = resolvePromptUris(context, args);
    const prompt = uri && (await promptFile(uri));
    if (!uri || !prompt) {
      await showNoPromptMessage();
      return;
    }
    const { listRuns } = await import('../on-demand.ts');
    const runs = await listRuns(prompt);
    const named = typeof args[1] === 'string' ? args[1] : undefined;
    const run = named ?? runs.find(({ summary }) => summary !== null)?.id;
    if (run === undefined)
      await window.showInformationMessage('This prompt has no stored runs. Evaluate it first.');
    else await context.results.show(uri, run);
  },
};
