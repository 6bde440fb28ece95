import { showNoPromptMessage } from '../active-prompt.ts';
import { canRunOnSave } from '../testing/can-run-on-save.ts';
import { evaluateAndNotify } from '../testing/evaluate-and-notify.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { Command } from './command.ts';
import { resolvePromptUris } from './prompt-uris.ts';

/**
 * Evaluates a prompt on several models, and shows them side by side. A prompt without golden cases or
 * evaluators is run in the playground instead.
 */
export const compareModels: Command = {
  id: 'promptsmith.compareModels',
  async run(context, ...args) {
    const [uri] = resolvePromptUris(context, args);
    if (!uri) return await showNoPromptMessage();
    const prompt = await promptFile(uri);
    if (!prompt || !canRunOnSave(prompt.text))
      return await context.playground.show(uri, { choose: 'models', run: true });
    const { pickEvalModels } = await import('../on-demand.ts');
    const models = await pickEvalModels(prompt, context.keys);
    if (!models || models.length === 0) return;
    const [done] = await evaluateAndNotify(context, [uri], {
      baseline: { kind: 'none' },
      options: { models },
    });
    if (done) await context.results.show(uri, done.finished.outcome.summary.run.id);
  },
};
