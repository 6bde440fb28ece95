import { Uri, type WebviewPanel, workspace } from 'vscode';
import { Projects } from '#app/prompt/project.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { UserError } from '#core/user-error.ts';
import { showError } from '../errors.ts';
import { openTargets } from '../run/open-access.ts';
import { createWebviewOptions, renderWebviewPage } from '../webview-page.ts';
import { AnswerSession } from './answer-session.ts';
import { copyCall } from './copy-call.ts';
import type { PastRun } from './history.ts';
import { pickPastRun } from './history-picker.ts';
import type { FromPlayground, PlaygroundState, ToPlayground } from './messages.ts';
import { pickCase, pickColumns } from './pick-columns.ts';
import { pickRevision } from './pick-revision.ts';
import type { PlaygroundContext, PlaygroundRequest } from './playground-context.ts';
import { PromptState } from './prompt-state.ts';
import { saveCase } from './save-case.ts';

/** The playground of one prompt. */
export class PlaygroundPanel {
  readonly uri: Uri;
  readonly playground: PlaygroundContext;
  readonly #panel: WebviewPanel;
  readonly #asking: AnswerSession;
  #state: PromptState | null = null;
  /** What was chosen before the prompt had been read. */
  #restored: Partial<PlaygroundState> = {};
  #problem = '';
  #isReading = false;
  #isStale = false;

  constructor(playground: PlaygroundContext, uri: Uri, panel: WebviewPanel) {
    this.playground = playground;
    this.uri = uri;
    this.#panel = panel;
    this.#asking = new AnswerSession(playground, uri, (message) => this.#post(message));
    const { extension } = playground.services;
    const images = Uri.joinPath(extension, 'images');
    panel.title = `Playground: ${workspace.asRelativePath(uri, false)}`;
    panel.iconPath = {
      light: Uri.joinPath(images, 'prompt-light.svg'),
      dark: Uri.joinPath(images, 'prompt-dark.svg'),
    };
    panel.webview.options = createWebviewOptions(extension);
    panel.webview.onDidReceiveMessage((message: FromPlayground) => this.#receive(message));
    panel.onDidDispose(() => this.#asking.stop());
    panel.webview.html = renderWebviewPage(panel.webview, extension, {
      name: 'playground',
      title: panel.title,
    });
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Shows what a command asked for. */
  async begin({ case: id, choose, run }: PlaygroundRequest): Promise<void> {
    await this.#guard(async () => {
      const state = await this.#read();
      if (!state) throw new UserError(this.#problem);
      if (id !== undefined) state.choose(id);
      if (choose === 'case' && !(await pickCase(state))) return;
      if (choose === 'models' && !(await pickColumns(this.playground, state))) return;
      this.changed();
      if (run) await this.#run();
    });
  }

  /** Shows what was there when the window was closed. */
  async restore(state: PlaygroundState): Promise<void> {
    this.#restored = state;
    const [last] = await this.playground.history.list(this.uri);
    if (last) this.#asking.show(last.answers);
    this.changed();
  }

  /** The file has changed, or what was chosen: one reading at a time, and one more afterwards. */
  changed(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isStale && this.#panel.visible) {
        this.#isStale = false;
        await this.#guard(async () => {
          const state = await this.#read();
          if (!state) return this.#post({ kind: 'nothing', reason: this.#problem });
          const title = workspace.asRelativePath(this.uri);
          const { knowledge } = this.playground;
          const { project, settings } = state.input;
          const targets = await openTargets({ root: project.root, settings });
          const prompt = await state.buildView(title, knowledge, this.uri.toString(), targets);
          this.#post({ kind: 'prompt', prompt });
        });
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** The prompt as its editor has it; null if it cannot be read, with the reason in `#problem`. */
  async #read(): Promise<PromptState | null> {
    const title = workspace.asRelativePath(this.uri);
    if (this.uri.scheme !== 'file') {
      this.#problem = `Save ${title} first.`;
      return null;
    }
    try {
      const document = await workspace.openTextDocument(this.uri);
      const folder = workspace.getWorkspaceFolder(this.uri)?.uri ?? Uri.joinPath(this.uri, '..');
      const cwd = folder.fsPath;
      const text = document.getText();
      const input = await readPromptInput(this.uri.fsPath, cwd, new Projects(cwd), text);
      if (input.prompt.kind !== 'prompt') throw new UserError(`${title} is not a prompt file.`);
      if (this.#state) this.#state.input = input;
      else this.#state = this.#restoredState(new PromptState(input));
      return this.#state;
    } catch (error) {
      this.#problem = (error as Error).message;
      return null;
    }
  }

  #restoredState(state: PromptState): PromptState {
    const { case: id, models, values } = this.#restored;
    if (id !== undefined) state.choose(id);
    if (models) state.models = models;
    state.typed = new Map(Object.entries(values ?? {}));
    return state;
  }

  #receive(message: FromPlayground): void {
    void this.#guard(() => this.#handle(message));
  }

  async #handle(message: FromPlayground): Promise<void> {
    const state = this.#state;
    switch (message.kind) {
      case 'ready':
        this.changed();
        return this.#asking.replay();
      case 'stop':
        return this.#asking.stop();
      case 'run':
        return this.#run();
      case 'diff':
        return this.#asking.diff(message.index);
      case 'open':
        return this.#asking.open(message.index);
      case 'key':
        return this.#asking.setKey(message.index);
      case 'check':
        return this.#asking.check(message.index);
      case 'history':
        return this.#recall(await pickPastRun(this.playground, this.uri, this.#asking.shown));
      case 'value':
        state?.type(message.name, message.value);
        break;
      case 'case':
        state?.choose(message.id === '' ? null : message.id);
        break;
      case 'restart':
        if (state) state.turns = [];
        break;
      case 'reply':
        return this.#reply(message.text);
      case 'models':
        if (state) await pickColumns(this.playground, state);
        break;
      case 'revision':
        if (state) await pickRevision(state, this.uri.fsPath);
        break;
      case 'copy':
        if (state) await copyCall(this.playground, state);
        return;
      case 'save': {
        const text = this.#asking.shown[message.index]?.text;
        if (state && text !== undefined) await saveCase(state, this.uri, text);
        return;
      }
      default:
        message satisfies never;
    }
    this.changed();
  }

  async #run(): Promise<void> {
    const state = await this.#read();
    if (!state) throw new UserError(this.#problem);
    await this.#asking.ask(state);
  }

  /** The conversation goes on from the first answer. */
  async #reply(text: string): Promise<void> {
    const state = this.#state;
    const answer = this.#asking.shown[0]?.text;
    if (!state || answer === undefined || text.trim() === '') return;
    state.turns = [
      ...state.turns,
      { role: 'assistant', content: answer },
      { role: 'user', content: text },
    ];
    this.changed();
    await this.#run();
  }

  async #recall(chosen: { run: PastRun; again: boolean } | null): Promise<void> {
    const state = this.#state;
    if (!chosen || !state) return;
    const { run, again } = chosen;
    state.choose(run.case);
    state.models = run.models;
    state.revision = null;
    state.typed = new Map(Object.entries(run.values));
    state.turns = run.turns;
    this.changed();
    if (again) await this.#run();
    else this.#asking.show(run.answers);
  }

  #post(message: ToPlayground): void {
    // A hidden page is recreated when it is shown again, and asks then.
    if (this.#panel.visible) void this.#panel.webview.postMessage(message);
  }

  async #guard(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UserError)) console.error(error);
      void showError(error);
    }
  }
}
