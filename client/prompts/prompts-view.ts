import {
  commands,
  Disposable,
  EventEmitter,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { PromptsResult, WorkspacePrompt } from '#core/protocol.ts';
import { isCanceled } from '../errors.ts';
import type { LanguageServer } from '../language-client.ts';
import { type Arrangement, arrange, DEFAULT_ARRANGEMENT, type PromptGroup } from './arrange.ts';
import { createGroupItem, createPromptItem } from './prompt-item.ts';

const MEMENTO = 'promptsmith.prompts';

/** A row: a group, or a prompt in a group. */
export type PromptNode =
  | { readonly group: PromptGroup }
  | { readonly group: PromptGroup; readonly prompt: WorkspacePrompt };

/** The Prompts view. Hidden in workspaces without prompts. */
export class PromptsView implements TreeDataProvider<PromptNode>, Disposable {
  readonly #server: LanguageServer;
  readonly #memory: Memento;
  readonly #view: TreeView<PromptNode>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #parts: Disposable;
  #prompts: readonly WorkspacePrompt[] = [];
  #changedAt: ReadonlyMap<string, number> = new Map();
  #isStale = false;

  readonly #listed = new EventEmitter<undefined>();

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires when prompts of the workspace were added, removed or changed. */
  readonly onDidChangePrompts = this.#listed.event;

  constructor(server: LanguageServer, memory: Memento) {
    this.#server = server;
    this.#memory = memory;
    this.#view = window.createTreeView('promptsmith.prompts', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#parts = Disposable.from(
      this.#view,
      this.#changed,
      this.#listed,
      server.onNotification('promptsmith/promptsChanged', () => this.#update()),
      // A server reports changes only after a first request.
      server.onDidChangeState(({ kind }) => {
        if (kind === 'running') void this.#update();
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#isStale) void this.#update();
      }),
    );
  }

  /** All prompts of the workspace, including those that are filtered out. */
  get prompts(): readonly WorkspacePrompt[] {
    return this.#prompts;
  }

  get arrangement(): Arrangement {
    return { ...DEFAULT_ARRANGEMENT, ...this.#memory.get<Partial<Arrangement>>(MEMENTO) };
  }

  /** Changes grouping, sorting or filters, and stores them for this workspace. */
  async rearrange(change: Partial<Arrangement>): Promise<void> {
    await this.#memory.update(MEMENTO, { ...this.arrangement, ...change });
    await this.#show();
  }

  /** The prompts of rows, each once. A group stands for its members. */
  resolvePrompts(nodes: readonly PromptNode[]): WorkspacePrompt[] {
    const all = nodes.flatMap((node) => ('prompt' in node ? [node.prompt] : node.group.prompts));
    return [...new Map(all.map((prompt) => [prompt.uri, prompt])).values()];
  }

  getTreeItem(node: PromptNode): TreeItem {
    return 'prompt' in node
      ? createPromptItem(node.prompt, node.group)
      : createGroupItem(node.group);
  }

  getChildren(node?: PromptNode): PromptNode[] {
    if (node && 'prompt' in node) return [];
    if (node) return node.group.prompts.map((prompt) => ({ group: node.group, prompt }));
    const groups = arrange(
      this.#prompts,
      this.arrangement,
      ({ uri }) => this.#changedAt.get(uri) ?? 0,
    );
    return groups.map((group) => ({ group }));
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Updates the list. VS Code cancels requests while it shuts down; that is not an error. */
  async #update(): Promise<void> {
    try {
      await this.#ask();
    } catch (error) {
      if (!isCanceled(error)) throw error;
    }
  }

  /** Asks the server. While the view is hidden, rows are not updated. */
  async #ask(): Promise<void> {
    const prompts = await this.#server.request<PromptsResult>('promptsmith/prompts', {});
    if (!prompts) return;
    this.#prompts = prompts;
    this.#listed.fire(undefined);
    await commands.executeCommand('setContext', 'promptsmith.hasPrompts', prompts.length > 0);
    this.#isStale = !this.#view.visible;
    if (!this.#isStale) await this.#show();
  }

  async #show(): Promise<void> {
    if (this.arrangement.sortBy === 'age') this.#changedAt = await readChangeTimes(this.#prompts);
    const { filters } = this.arrangement;
    const shown = arrange(this.#prompts, { ...DEFAULT_ARRANGEMENT, filters }).flatMap(
      ({ prompts }) => prompts,
    ).length;
    this.#view.description = filters.length > 0 ? `${shown} of ${this.#prompts.length}` : '';
    this.#view.message = filters.length > 0 && shown === 0 ? 'No prompts match the filter.' : '';
    this.#changed.fire(undefined);
  }
}

async function readChangeTimes(prompts: readonly WorkspacePrompt[]): Promise<Map<string, number>> {
  const times = await Promise.all(
    prompts.map(async ({ uri }) => {
      const stat = await workspace.fs.stat(Uri.parse(uri)).then(
        (found) => found.mtime,
        () => 0,
      );
      return [uri, stat] as const;
    }),
  );
  return new Map(times);
}
