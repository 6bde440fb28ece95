import { promptAtHand } from '../prompt-status.ts';
import { sayNoPrompt } from '../say-no-prompt.ts';
import type { Command } from './command.ts';

export const showPreview: Command = {
  id: 'promptsmith.showPreview',
  async run({ preview }) {
    const document = promptAtHand();
    if (document) preview.show(document);
    else await sayNoPrompt();
  },
};
