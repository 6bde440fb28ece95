import { commands, Uri, workspace } from 'vscode';
import type { Command } from './command.ts';

const FOLDER = 'promptsmith-examples';

/**
 * Opens a copy of the examples: the originals lie in the extension's own folder, which the next
 * update replaces.
 */
export const openExamples: Command = {
  id: 'promptsmith.openExamples',
  async run({ extension }) {
    const source = Uri.joinPath(extension.extensionUri, 'examples');
    const target = Uri.joinPath(extension.globalStorageUri, FOLDER);
    if (!(await exists(target))) await workspace.fs.copy(source, target);
    const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
    await commands.executeCommand('vscode.openFolder', target, { forceNewWindow: !isEmpty });
  },
};

async function exists(uri: Uri): Promise<boolean> {
  return await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
