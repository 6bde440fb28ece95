import { l10n, window } from 'vscode';
import { evaluateAloud } from '../testing/evaluate-aloud.ts';
import type { Command } from './command.ts';
import { promptUris } from './prompt-uris.ts';

/** Evaluates a prompt and says what it came to, compared with the file at HEAD or the last run. */
export const evaluatePrompt: Command = {
  id: 'promptsmith.evaluatePrompt',
  async run(context, ...args) {
    const uris = promptUris(context, args);
    if (uris.length === 0)
      await window.showInformationMessage(l10n.t('Open a prompt file first: *.prompt.yaml.'));
    else await evaluateAloud(context, uris, { baseline: { t: 'default', runs: true } });
  },
};
