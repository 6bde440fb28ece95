import { Uri } from 'vscode';
import type { PromptsView } from '../prompts/prompts-view.ts';

/** The files of the workspace's prompts by the names that they have in a registry. */
export class PromptFiles {
  readonly #view: PromptsView;
  #prompts: PromptsView['prompts'] = [];
  #uris: ReadonlyMap<string, string> = new Map();

  constructor(view: PromptsView) {
    this.#view = view;
  }

  of(name: string): Uri | null {
    const { prompts } = this.#view;
    if (this.#prompts !== prompts) {
      this.#prompts = prompts;
      this.#uris = new Map(prompts.map(({ promptId, uri }) => [promptId, uri]));
    }
    const uri = this.#uris.get(name);
    return uri === undefined ? null : Uri.parse(uri);
  }
}
