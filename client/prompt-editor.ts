import {
  Range,
  type TextDocument,
  type Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { Edit } from '#core/text.ts';
import { UserError } from '#core/user-error.ts';

/** Changes an open document, unsaved, so that it can be undone. Throws UserError when VS Code refuses. */
export async function applyEdit(document: TextDocument, { span, text }: Edit): Promise<void> {
  const change = new WorkspaceEdit();
  const [start, end] = [document.positionAt(span.start), document.positionAt(span.end)];
  change.replace(document.uri, new Range(start, end), text);
  if (!(await workspace.applyEdit(change))) throw new UserError('The file could not be edited.');
}

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
