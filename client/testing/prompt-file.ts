import { Uri, workspace } from 'vscode';
import type { PromptFile } from '#app/prompt/open-input.ts';
import { UserError } from '#core/user-error.ts';
import { decodeFile } from '#io/files.ts';

/**
 * A prompt as the editor has it, else as the disk has it; null for a document that is not on disk. Rejects with
 * UserError when the file is not UTF-8.
 */
export async function promptFile(uri: Uri): Promise<PromptFile | null> {
  if (uri.scheme !== 'file') return null;
  const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..');
  return { file: uri.fsPath, cwd: folder.fsPath, text: await textOf(uri) };
}

async function textOf(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return open.getText();
  const read = decodeFile(uri.fsPath, await workspace.fs.readFile(uri));
  if ('error' in read) throw new UserError(read.error.message);
  return read.text;
}
