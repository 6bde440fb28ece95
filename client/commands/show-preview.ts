import { l10n, window } from 'vscode';
import { promptAtHand } from '../prompt-status.ts';
import type { Command } from './command.ts';

export const showPreview: Command = {
  id: 'promptsmith.showPreview',
  async run({ preview }) {
    const document = promptAtHand();
    if (document) preview.show(document);
    else await window.showInformationMessage(l10n.t('Open a prompt file first: *.prompt.yaml.'));
  },
};
