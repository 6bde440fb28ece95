import { Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import type { Edit } from '#core/text.ts';
import { UserError } from '#core/user-error.ts';

/** Changes an open document, unsaved, so that it can be undone. Throws UserError when VS Code refuses. */
export async function applyEdit(document: TextDocument, { span, text }: Edit): Promise<void> {
  const change = new WorkspaceEdit();
  const [start, end] = [document.positionAt(span.start), document.positionAt(span.end)];
  change.replace(document.uri, new Range(start, end), text);
  if (!(await workspace.applyEdit(change))) throw new UserError('The file could not be changed.');
}
