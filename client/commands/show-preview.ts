import { l10n, window } from 'vscode';
import { activePrompt } from '../prompt-status.ts';
import type { Command } from './command.ts';

export const showPreview: Command = {
  id: 'promptsmith.showPreview',
  async run({ preview }) {
    const document = activePrompt();
    if (document) preview.show(document);
    else await window.showInformationMessage(l10n.t('Open a prompt file first: *.prompt.yaml.'));
  },
};
