import { window } from 'vscode';

/** What a command says that is for a prompt, where none is at hand. */
export async function sayNoPrompt(): Promise<void> {
  await window.showInformationMessage('Open a prompt file first: *.prompt.yaml.');
}
