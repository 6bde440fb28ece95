import { sayNoPrompt } from '../say-no-prompt.ts';
import { evaluateAloud } from '../testing/evaluate-aloud.ts';
import type { Command } from './command.ts';
import { promptUris } from './prompt-uris.ts';

/** Evaluates a prompt and says what it came to, compared with the file at HEAD or the last run. */
export const evaluatePrompt: Command = {
  id: 'promptsmith.evaluatePrompt',
  async run(context, ...args) {
    const uris = promptUris(context, args);
    if (uris.length === 0) await sayNoPrompt();
    else await evaluateAloud(context, uris, { baseline: { kind: 'default', runs: true } });
  },
};
