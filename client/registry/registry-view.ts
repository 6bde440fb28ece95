import {
  commands,
  Disposable,
  EventEmitter,
  type LogOutputChannel,
  languages,
  type Memento,
  RelativePattern,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  Uri,
  window,
  workspace,
} from 'vscode';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import type { RegisteredPrompt } from '#core/registry/registry.ts';
import { UserError } from '#core/user-error.ts';
import { getSnapshotPath } from '#io/registries/snapshot.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { LanguageServer } from '../language-client.ts';
import type { PromptsView } from '../prompts/prompts-view.ts';
import type { PromptEvaluator } from '../testing/prompt-evaluator.ts';
import { isSinglePromptError, readChangedPrompts } from './changed-prompts.ts';
import { DiffSummaries } from './diff-summaries.ts';
import { LabelChangeNotifier } from './label-change-notifier.ts';
import { PromptFiles, readEditorInput } from './prompt-files.ts';
import { createRegistryItem } from './registry-items.ts';
import { listPromptNodes, type RegistryNode } from './registry-nodes.ts';
import { RetryBackoff } from './retry-backoff.ts';
import type { RegistrySession } from './session.ts';
import { hasRegistry, RegistrySessions } from './sessions.ts';
import { readVersionUri, VERSION_SCHEME } from './version-uri.ts';

/** What the registry works with. */
export interface RegistryParts {
  readonly keys: ApiKeys;
  readonly server: LanguageServer;
  readonly prompts: PromptsView;
  readonly evals: PromptEvaluator;
  /** Of this workspace. */
  readonly memory: Memento;
  readonly log: LogOutputChannel;
}

/** `closed`: opening it needs the user. The context key `promptsmith.registry`; none without a registry. */
type State = 'none' | 'closed' | 'failed' | 'open';

/** Changes that come together are shown together. */
const PAUSE_MS = 100;

/** Prompts, versions and labels of the project's registry. Absent where there is none. */
export class RegistryView implements TreeDataProvider<RegistryNode>, Disposable {
  readonly parts: RegistryParts;
  readonly sessions: RegistrySessions;
  readonly knowledge = new PromptKnowledge(today());
  readonly #view: TreeView<RegistryNode>;
  readonly #changed = new EventEmitter<RegistryNode | undefined>();
  readonly #news: LabelChangeNotifier;
  readonly #disposables: Disposable;
  /** The number of the latest reload. Results of earlier ones are dropped. */
  #look = 0;
  readonly #patience = new RetryBackoff(() => this.reload());
  /** Null: any name may have changed. */
  readonly #changedNames = new Set<string | null>();
  #pause: NodeJS.Timeout | undefined;
  #watched: RegistrySession | null = null;
  /** By name, in its order. */
  #nodes: ReadonlyMap<string, RegistryNode> = new Map();
  readonly #files: PromptFiles;
  /** The names of the workspace's own prompts. */
  #here = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: RegistryParts) {
    this.parts = parts;
    this.sessions = new RegistrySessions(parts.keys);
    this.#files = new PromptFiles(parts.prompts);
    this.#news = new LabelChangeNotifier(parts.memory, parts.prompts);
    this.#view = window.createTreeView('promptsmith.registry', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const summaries = new DiffSummaries(this, parts.evals);
    const [folder] = workspace.workspaceFolders ?? [];
    const places =
      folder && new RelativePattern(folder, '{.promptsmith.yaml,registry,registry/.gitattributes}');
    const watcher = places && workspace.createFileSystemWatcher(places);
    const again = () => void this.reload();
    this.#here = this.#namesHere();
    this.#disposables = Disposable.from(
      this.#view,
      this.#changed,
      this.#patience,
      this.sessions,
      summaries,
      languages.registerCodeLensProvider({ scheme: VERSION_SCHEME }, summaries),
      parts.prompts.onDidChangePrompts(() => {
        if (this.#here !== this.#namesHere()) again();
      }),
      workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri)),
      ...(watcher ? [watcher] : []),
      ...(watcher
        ? [watcher.onDidCreate(again), watcher.onDidChange(again), watcher.onDidDelete(again)]
        : []),
    );
    void this.reload();
  }

  /** Any file of the project whose registry is shown. */
  get project(): Uri {
    const [folder] = workspace.workspaceFolders ?? [];
    return Uri.joinPath(folder?.uri ?? Uri.file('/'), 'any');
  }

  /**
   * Looks for a registry and reopens it. Without `ask` the user is not asked for anything: failures in the
   * background appear only in the log and the view.
   */
  async reload(ask = false): Promise<void> {
    this.sessions.reset();
    this.#watched = null;
    await this.#find(ask);
  }

  /** The session of a file's project; null if the user declines. */
  session(file: Uri = this.project): Promise<RegistrySession | null> {
    return this.sessions.open(file, true);
  }

  /** Shows the result of a command, and a registry that has been created or opened since. */
  async refreshAfterCommand(): Promise<void> {
    if (this.#watched) this.refresh();
    else await this.#find(false);
  }

  /** Reads again what is shown. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** The file of a prompt in this workspace. */
  findFile(name: string): Uri | null {
    return this.#files.find(name);
  }

  /** Unfolds a prompt and moves the focus there. */
  async reveal(name: string): Promise<void> {
    const node = this.#nodes.get(name);
    if (node) await this.#view.reveal(node, { focus: true, expand: true });
    else await commands.executeCommand('promptsmith.registry.focus');
  }

  /** The text of a version's document. */
  async readVersionText(uri: Uri): Promise<string> {
    const named = readVersionUri(uri);
    const session = named && (await this.sessions.open(named.file, false));
    if (!session)
      throw new UserError(
        'The registry is not open. Run Promptsmith: Refresh Registry to open it.',
      );
    return await session.text(named.name, named.version);
  }

  getTreeItem(node: RegistryNode): TreeItem {
    const name = node.kind === 'prompt' ? node.prompt.name : node.name;
    return createRegistryItem(node, this.project, this.findFile(name) !== null);
  }

  getParent(node: RegistryNode): RegistryNode | undefined {
    return node.kind === 'prompt' ? undefined : this.#nodes.get(node.name);
  }

  async getChildren(node?: RegistryNode): Promise<RegistryNode[]> {
    const session = this.#watched;
    if (!session || (node && node.kind !== 'prompt')) return [];
    this.#view.message = '';
    if (!node) return [...this.#nodes.values()];
    try {
      const uri = this.findFile(node.prompt.name);
      const workingCopy = uri && { uri, read: () => readEditorInput(uri) };
      return await listPromptNodes(session, node.prompt.name, workingCopy);
    } catch (error) {
      if (isSinglePromptError(error)) this.#view.message = error.message;
      else void this.#fail(error);
      return [];
    }
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#disposables.dispose();
  }

  async #find(ask: boolean): Promise<void> {
    this.#here = this.#namesHere();
    const look = ++this.#look;
    try {
      const isThere = await hasRegistry(this.project);
      const session = isThere ? await this.sessions.open(this.project, ask) : null;
      if (look !== this.#look) return;
      if (session) await this.#open(session, look);
      else await this.#show(isThere ? 'closed' : 'none');
    } catch (error) {
      if (look === this.#look) await this.#fail(error);
      if (ask) throw error;
    }
  }

  async #open(session: RegistrySession, look: number): Promise<void> {
    // It counts as open only when it has answered.
    const prompts = await session.list();
    await session.watch(
      (name) => this.#heard(name),
      () => void this.#fail(new Error('The connection to the registry was lost.')),
    );
    if (look !== this.#look) return;
    this.#watched = session;
    this.#patience.reset();
    this.#list(prompts);
    await this.#show('open');
    await this.#remember(prompts.map(({ name }) => name));
    await this.#news.notify(session, prompts);
  }

  #list(prompts: Iterable<RegisteredPrompt>): void {
    const nodes = [...prompts].map((prompt): [string, RegistryNode] => [
      prompt.name,
      { kind: 'prompt', prompt },
    ]);
    this.#nodes = new Map(nodes);
  }

  #namesHere(): string {
    return this.parts.prompts.prompts
      .map(({ promptId }) => promptId)
      .sort()
      .join('\n');
  }

  /** The status of the working copy relative to the versions has changed. */
  #saved(uri: Uri): void {
    const saved = this.parts.prompts.prompts.find((prompt) => prompt.uri === uri.toString());
    const node = saved && this.#nodes.get(saved.promptId);
    if (node) this.#changed.fire(node);
  }

  #heard(name: string | null): void {
    this.#changedNames.add(name);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#catchUp(), PAUSE_MS);
  }

  async #catchUp(): Promise<void> {
    const heard = [...this.#changedNames];
    this.#changedNames.clear();
    const session = this.#watched;
    if (!session) return;
    try {
      const names = heard.includes(null) ? null : new Set(heard.flatMap((name) => name ?? []));
      const changed = await readChangedPrompts(session, names);
      const prompts = new Map(changed.map((prompt) => [prompt.name, prompt]));
      for (const [name, node] of this.#nodes)
        if (node.kind === 'prompt' && names && !names.has(name)) prompts.set(name, node.prompt);
      this.#list([...prompts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
      this.refresh();
      await this.#remember(names ?? this.#nodes.keys());
      await this.#news.notify(session, changed);
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** For the hints in the files of this workspace. */
  async #remember(names: Iterable<string>): Promise<void> {
    const here = [...names].filter((name) => this.findFile(name));
    const session = this.#watched;
    if (here.length === 0 || !session) return;
    await session.remember(here);
    await this.parts.server.fileChanged(Uri.file(getSnapshotPath(session.project.root)));
  }

  async #fail(error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    this.parts.log.info(`Registry: ${message}`);
    this.sessions.reset();
    this.#watched = null;
    await this.#show('failed', message);
    this.#patience.schedule();
  }

  async #show(state: State, message = ''): Promise<void> {
    const value = state === 'none' ? undefined : state;
    await commands.executeCommand('setContext', 'promptsmith.registry', value);
    this.#view.message = message;
    this.refresh();
  }
}
