import { Uri, workspace } from 'vscode';
import { Projects } from '#app/prompt/project.ts';
import { type PromptInput, readPromptInput } from '#app/prompt/prompt-input.ts';
import type { PromptsView } from '../prompts/prompts-view.ts';

/** The files of the workspace's prompts by the names that they have in a registry. */
export class PromptFiles {
  readonly #view: PromptsView;
  #prompts: PromptsView['prompts'] = [];
  #uris: ReadonlyMap<string, string> = new Map();

  constructor(view: PromptsView) {
    this.#view = view;
  }

  find(name: string): Uri | null {
    const { prompts } = this.#view;
    if (this.#prompts !== prompts) {
      this.#prompts = prompts;
      this.#uris = new Map(prompts.map(({ promptId, uri }) => [promptId, uri]));
    }
    const uri = this.#uris.get(name);
    return uri === undefined ? null : Uri.parse(uri);
  }
}

/** A prompt file as it is in its editor, saved or not. Rejects with UserError when it cannot be read. */
export async function readEditorInput(uri: Uri): Promise<PromptInput> {
  const cwd = (workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..')).fsPath;
  const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return await readPromptInput(uri.fsPath, cwd, new Projects(cwd), open?.getText());
}
