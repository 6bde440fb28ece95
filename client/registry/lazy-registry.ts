import { Disposable, type TextDocumentContentProvider, type Uri, window, workspace } from 'vscode';
import type { RegistryAction } from './actions.ts';
import type { RegistryParts, RegistryView } from './registry-view.ts';
import { VERSION_SCHEME } from './version-uri.ts';

/** The registry, whose code is loaded when there are prompts that could be in one. */
export class LazyRegistry implements TextDocumentContentProvider, Disposable {
  readonly #parts: RegistryParts;
  readonly #listeners: Disposable;
  #view: Promise<RegistryView> | undefined;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#listeners = Disposable.from(
      workspace.registerTextDocumentContentProvider(VERSION_SCHEME, this),
      parts.prompts.onDidChangePrompts(() => this.#begin()),
      workspace.onDidGrantWorkspaceTrust(() => this.#begin()),
    );
  }

  /** Runs a command. Errors that the user can fix are shown. */
  async run(action: RegistryAction, args: readonly unknown[]): Promise<void> {
    if (!workspace.isTrusted) {
      await window.showWarningMessage('Trust this workspace to open its registry.');
      return;
    }
    const { actions, runAction } = await import('../on-demand.ts');
    await runAction(await this.#load(), actions[action], args);
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    return workspace.isTrusted ? await (await this.#load()).readVersionText(uri) : '';
  }

  dispose(): void {
    this.#listeners.dispose();
    void this.#view?.then((view) => view.dispose());
  }

  #begin(): void {
    if (this.#view || !workspace.isTrusted || this.#parts.prompts.prompts.length === 0) return;
    void this.#load();
  }

  #load(): Promise<RegistryView> {
    this.#view ??= import('../on-demand.ts').then(
      ({ RegistryView }) => new RegistryView(this.#parts),
    );
    return this.#view;
  }
}
