import { commands, Uri } from 'vscode';
import { findVisiblePrompt, showNoPromptMessage } from '../active-prompt.ts';
import { openExamples } from '../examples.ts';
import type { Command } from './command.ts';

/** Commands that call one function. */
export const simpleCommands: readonly Command[] = [
  { id: 'promptsmith.showLog', run: ({ log }) => log.show() },
  { id: 'promptsmith.restartServer', run: ({ server }) => server.restart() },
  {
    id: 'promptsmith.showPrompts',
    run: () => commands.executeCommand('promptsmith.prompts.focus'),
  },
  {
    id: 'promptsmith.showPreview',
    async run({ preview }) {
      const document = findVisiblePrompt();
      if (document) preview.show(document);
      else await showNoPromptMessage();
    },
  },
  {
    // A link in a file passes the file's URI; the palette passes nothing and clears all.
    id: 'promptsmith.dismissAnswers',
    run: ({ playground }, uri) =>
      playground.dismissAnswers(typeof uri === 'string' ? Uri.parse(uri) : undefined),
  },
  {
    id: 'promptsmith.openExamples',
    run: ({ extension }, file) =>
      openExamples(extension, typeof file === 'string' ? file : undefined),
  },
  { id: 'promptsmith.cancelEvaluation', run: ({ evals }) => evals.cancel() },
  {
    id: 'promptsmith.setApiKey',
    run: async ({ keys }) => (await import('../on-demand.ts')).setApiKey(keys),
  },
  {
    id: 'promptsmith.removeApiKey',
    run: async ({ keys }) => (await import('../on-demand.ts')).removeApiKey(keys),
  },
  {
    // A quick fix passes the file's URI.
    id: 'promptsmith.convertTestFiles',
    async run(_, uri) {
      const given = typeof uri === 'string' ? Uri.parse(uri) : findVisiblePrompt()?.uri;
      if (given) await (await import('../on-demand.ts')).convertPromptTestFiles(given);
      else await showNoPromptMessage();
    },
  },
  {
    id: 'promptsmith.updateModelFacts',
    run: async ({ server }) =>
      (await import('../on-demand.ts')).updateModelFacts(() => server.restart()),
  },
];
