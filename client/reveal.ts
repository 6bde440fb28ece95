import { Range, type Uri, ViewColumn, window, workspace } from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';

/** Shows a message of a prompt in its editor, or a placeholder in that message. */
export async function revealMessage(uri: Uri, message: number, name?: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const found = parsePrompt(document.getText()).messages[message];
  if (!found) return;
  const placeholder = found.content?.placeholders.find((one) => one.name === name);
  const start = document.positionAt(found.span.start);
  const selection = placeholder
    ? new Range(
        document.positionAt(placeholder.span.start),
        document.positionAt(placeholder.span.end),
      )
    : new Range(start, start);
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  await window.showTextDocument(document, {
    selection,
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
  });
}
