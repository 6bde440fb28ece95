import { Uri, workspace } from 'vscode';
import type { PromptFile } from '#app/prompt/open-input.ts';

/** A prompt as the editor has it, else as the disk has it; null for a document that is not on disk. */
export async function promptFile(uri: Uri): Promise<PromptFile | null> {
  if (uri.scheme !== 'file') return null;
  const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..');
  return { file: uri.fsPath, cwd: folder.fsPath, text: await textOf(uri) };
}

async function textOf(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return open.getText();
  return new TextDecoder().decode(await workspace.fs.readFile(uri));
}
