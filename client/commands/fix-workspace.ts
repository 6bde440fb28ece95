import { Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { SafeFixesResult } from '#core/protocol.ts';
import type { Command } from './command.ts';

/** Applies all safe fixes to all prompts. VS Code shows each change and asks for confirmation. */
export const fixWorkspace: Command = {
  id: 'promptsmith.fixWorkspace',
  async run({ server }) {
    const files = await server.request<SafeFixesResult>('promptsmith/safeFixes', {});
    if (files === null) {
      const message = 'The language server is not running. Restart it or see the log.';
      await window.showWarningMessage(message);
      return;
    }
    if (files.length === 0) {
      await window.showInformationMessage('No safe fixes are available in this workspace.');
      return;
    }
    await workspace.applyEdit(buildWorkspaceEdit(files), { isRefactoring: true });
  },
};

/** The preview groups changes by their label and leaves it to the user to tick them. */
function buildWorkspaceEdit(files: SafeFixesResult): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { uri, edits } of files) {
    for (const { rule, range, newText } of edits) {
      const { start, end } = range;
      edit.replace(
        Uri.parse(uri),
        new Range(start.line, start.character, end.line, end.character),
        newText,
        { needsConfirmation: true, label: rule ?? 'multiple rules' },
      );
    }
  }
  return edit;
}
