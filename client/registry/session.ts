import { Disposable, RelativePattern, Uri, workspace } from 'vscode';
import type { Project } from '#app/prompt/project.ts';
import type {
  LabelState,
  RegisteredPrompt,
  Registry,
  VersionRecord,
} from '#core/registry/registry.ts';
import { authorName } from '#io/author.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { writeSnapshot } from '#io/registries/snapshot.ts';

/** A prompt with its versions, the highest first, and all moves of its labels. */
export interface PromptHistory {
  readonly versions: readonly VersionRecord[];
  readonly moves: readonly LabelState[];
}

/** The open registry of a project. Its methods reject with RegistryError. */
export class RegistrySession implements Disposable {
  readonly project: Project;
  readonly registry: Registry;
  #stop: (() => void) | undefined;
  #changed: ((name: string | null) => void) | undefined;

  constructor(project: Project, registry: Registry) {
    this.project = project;
    this.registry = registry;
  }

  list(): Promise<RegisteredPrompt[]> {
    return this.registry.list();
  }

  async history(name: string): Promise<PromptHistory> {
    const versions = await this.registry.versions(name);
    return { versions, moves: await this.registry.moves(name) };
  }

  async text(name: string, version: string): Promise<string> {
    return (await this.registry.bundle(name, version)).text;
  }

  /** Who publishes and promotes here. */
  author(): Promise<string> {
    return authorName(this.project.root);
  }

  /** Reports a change that was made from here: watchers may miss it. */
  reportChange(name: string): void {
    this.#changed?.(name);
  }

  /** Writes down what is released, for the language server. */
  async remember(names: readonly string[]): Promise<void> {
    await writeSnapshot(this.project.root, this.registry, names, Date.now());
  }

  /**
   * Calls `changed` with the name of a prompt after every change, others' too, with null when it may be any;
   * `lost` when there will be no more news.
   */
  async watch(changed: (name: string | null) => void, lost: () => void): Promise<void> {
    const { registry } = this;
    this.#changed = changed;
    this.#stop?.();
    if (!(registry instanceof DirectoryRegistry)) {
      this.#stop = await registry.watch(({ name }) => changed(name), lost);
      return;
    }
    // VS Code has a watcher for the workspace already.
    const base = Uri.file(registry.address);
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(base, '**'));
    const tell = ({ path }: Uri) => {
      const inside = path.slice(base.path.length + 1);
      const name = /^(.+?)\/(?:versions|labels|evals)(?:\/|$)/.exec(inside)?.[1];
      // A new folder is reported without its files: they are created before the watcher sees them.
      if (!/\.(?:tmp|publish)-/.test(inside)) changed(name ?? null);
    };
    const parts = Disposable.from(
      watcher,
      watcher.onDidCreate(tell),
      watcher.onDidChange(tell),
      watcher.onDidDelete(tell),
    );
    this.#stop = () => parts.dispose();
  }

  dispose(): void {
    this.#stop?.();
    void this.registry.close();
  }
}
