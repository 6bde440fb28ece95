import { env, type QuickPickItem, window, workspace } from 'vscode';

/** A text to test with, and its location. */
export interface Found {
  readonly text: string;
  readonly source?: string;
}

/** Asks for the text of a new golden case; undefined when the user cancels. */
export async function askForText(): Promise<Found | undefined> {
  const editor = window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const source =
    editor?.document.uri.scheme === 'file'
      ? {
          source: `${workspace.asRelativePath(editor.document.uri)}:${editor.selection.start.line + 1}`,
        }
      : {};
  // The clipboard is read only when it is chosen: a browser asks for it.
  const items: (QuickPickItem & { read(): Thenable<Found | undefined> })[] = [
    ...(selected === ''
      ? []
      : [
          {
            label: '$(selection) Selection',
            description: selected.replace(/\s+/g, ' ').slice(0, 80),
            read: async () => ({ text: selected, ...source }),
          },
        ]),
    { label: '$(clippy) Clipboard', read: readClipboard },
    { label: '$(edit) Enter Text…', read: askForTyped },
  ];
  const chosen = await window.showQuickPick(items, {
    title: 'Create a golden case from',
  });
  return await chosen?.read();
}

async function readClipboard(): Promise<Found | undefined> {
  const text = (await env.clipboard.readText()).trim();
  if (text !== '') return { text };
  await window.showInformationMessage('The clipboard contains no text.');
  return undefined;
}

async function askForTyped(): Promise<Found | undefined> {
  const text = await window.showInputBox({ title: 'Text of the golden case' });
  return text === undefined ? undefined : { text };
}
