import { Uri } from 'vscode';
import { findVisiblePrompt, showNoPromptMessage } from '../active-prompt.ts';
import type { PlaygroundRequest } from '../playground/playground-context.ts';
import type { Command, CommandContext } from './command.ts';

export const runPrompt: Command = {
  id: 'promptsmith.runPrompt',
  run: (context, uri) => show(context, uri, { run: true }),
};

export const runPromptWithCase: Command = {
  id: 'promptsmith.runPromptWithCase',
  run: (context, uri) => show(context, uri, { choose: 'case', run: true }),
};

export const showPlayground: Command = {
  id: 'promptsmith.showPlayground',
  run: (context, uri) => show(context, uri, {}),
};

/** Lenses pass the prompt; otherwise the visible one is used. */
async function show({ playground }: CommandContext, given: unknown, opening: PlaygroundRequest) {
  const uri = typeof given === 'string' ? Uri.parse(given) : findVisiblePrompt()?.uri;
  if (uri) return playground.show(uri, opening);
  return showNoPromptMessage();
}
