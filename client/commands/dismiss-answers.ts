import { Uri } from 'vscode';
import type { Command } from './command.ts';

/** Takes away the answers beside golden cases: those of one file where a link asks for it, else all. */
export const dismissAnswers: Command = {
  id: 'promptsmith.dismissAnswers',
  run: ({ playground }, uri) =>
    playground.dismissAnswers(typeof uri === 'string' ? Uri.parse(uri) : undefined),
};
