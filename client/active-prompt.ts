import { languages, type TextDocument, window } from 'vscode';
import { selector } from './selector.ts';

/** The document of the active editor, if it may be a prompt. */
export function findActivePrompt(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document && languages.match(selector, document) > 0 ? document : undefined;
}

/** The prompt that a command applies to: the active one, else a visible one. */
export function findVisiblePrompt(): TextDocument | undefined {
  const seen = window.visibleTextEditors.map(({ document }) => document);
  return findActivePrompt() ?? seen.find((document) => languages.match(selector, document) > 0);
}

/** Tells the user that a command needs an open prompt. */
export async function showNoPromptMessage(): Promise<void> {
  await window.showInformationMessage('Open a prompt file (*.prompt.yaml) first.');
}
