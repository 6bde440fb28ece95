import { Uri, workspace } from 'vscode';
import { Projects } from '#app/prompt/project.ts';
import { type PromptInput, readPromptInput } from '#app/prompt/prompt-input.ts';

/** A prompt file as it is in its editor, saved or not. Rejects with UserError when it cannot be read. */
export async function inputOf(uri: Uri): Promise<PromptInput> {
  const cwd = (workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..')).fsPath;
  const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return await readPromptInput(uri.fsPath, cwd, new Projects(cwd), open?.getText());
}
