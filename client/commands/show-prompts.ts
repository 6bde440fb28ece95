import { commands } from 'vscode';
import type { Command } from './command.ts';

export const showPrompts: Command = {
  id: 'promptsmith.showPrompts',
  run: () => commands.executeCommand('promptsmith.prompts.focus'),
};
