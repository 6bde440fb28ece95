import {
  commands,
  Disposable,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { AnswerDocuments } from '../answer-documents.ts';
import { isCanceled, showError } from '../errors.ts';
import type { EvalRunner } from '../testing/eval-runner.ts';
import { continueAndNotify } from '../testing/evaluate-and-notify.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { TestTree } from '../testing/test-tree.ts';
import { createWebviewOptions, renderWebviewPage } from '../webview-page.ts';
import { exportResults } from './export-results.ts';
import type { FromResults, ResultsState, ToResults } from './messages.ts';

const TYPE = 'promptsmith.results';

/** Time after the last edit until the results are checked for staleness, in ms. */
const PAUSE = 500;

/** A stored run in full: verdict, slices and every case. One panel, that shows the newest run. */
export class ResultsPanel implements Disposable {
  readonly #extension: Uri;
  readonly #tree: TestTree;
  readonly #evals: EvalRunner;
  readonly #answers: AnswerDocuments;
  readonly #parts: Disposable;
  #panel: WebviewPanel | undefined;
  #state: ResultsState | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(tree: TestTree, evals: EvalRunner, answers: AnswerDocuments, extension: Uri) {
    this.#answers = answers;
    this.#extension = extension;
    this.#tree = tree;
    this.#evals = evals;
    this.#parts = Disposable.from(
      evals.onDidFinish(({ uri, finished }) => {
        if (this.#panel)
          void this.#load({
            uri: uri.toString(),
            run: finished.outcome.summary.run.id,
            choice: this.#state?.choice ?? null,
          });
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() !== this.#state?.uri) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#tellStale(), PAUSE);
      }),
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, state: Partial<ResultsState> | undefined) => {
          if (this.#panel || typeof state?.uri !== 'string' || typeof state.run !== 'string')
            return panel.dispose();
          this.#state = { uri: state.uri, run: state.run, choice: state.choice ?? null };
          this.#fill(panel);
        },
      }),
    );
  }

  /** Shows a stored run of a prompt. */
  async show(uri: Uri, run: string): Promise<void> {
    const state = { uri: uri.toString(), run, choice: null };
    if (this.#panel) {
      this.#panel.reveal();
      await this.#load(state);
      return;
    }
    this.#state = state;
    this.#fill(
      window.createWebviewPanel(TYPE, 'Evaluation Results', ViewColumn.Active, {
        enableFindWidget: true,
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parts.dispose();
    this.#panel?.dispose();
  }

  #fill(panel: WebviewPanel): void {
    this.#panel = panel;
    panel.iconPath = {
      light: Uri.joinPath(this.#extension, 'images', 'prompt-light.svg'),
      dark: Uri.joinPath(this.#extension, 'images', 'prompt-dark.svg'),
    };
    panel.webview.options = createWebviewOptions(this.#extension);
    panel.webview.onDidReceiveMessage((message: FromResults) =>
      this.#receive(message).catch((error: Error) => {
        if (!isCanceled(error)) void showError(error);
      }),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#state = undefined;
    });
    panel.webview.html = renderWebviewPage(panel.webview, this.#extension, {
      name: 'results',
      title: 'Evaluation Results',
    });
  }

  async #load(state: ResultsState): Promise<void> {
    this.#state = state;
    await this.#answer(async () => {
      const prompt = await this.#prompt();
      const { readResults } = await import('../on-demand.ts');
      return { kind: 'results', data: await readResults(prompt, state.run), state };
    });
    await this.#tellStale();
  }

  async #receive(message: FromResults): Promise<void> {
    const state = this.#state;
    if (!state) return;
    switch (message.kind) {
      case 'ready':
        await this.#load(state);
        break;
      case 'detail':
        await this.#answer(async () => ({ kind: 'detail', detail: await this.#case(message) }));
        break;
      case 'choice':
        this.#state = { ...state, choice: message.choice };
        break;
      case 'reveal':
        await this.#reveal(message.id);
        break;
      case 'diff': {
        const { name, calls, base } = await this.#case(message);
        const [before, now] = [base[0]?.answer ?? '', calls[0]?.answer ?? ''];
        await this.#answers.compare(
          { title: `${name} (before)`, text: before },
          { title: `${name} (now)`, text: now },
        );
        break;
      }
      case 'continue':
        await continueAndNotify({ evals: this.#evals }, Uri.parse(state.uri), state.run);
        break;
      case 'export':
        await this.#export(state.run);
        break;
      case 'evaluate':
        await commands.executeCommand('promptsmith.evaluatePrompt', state.uri);
        break;
      case 'compare':
        await commands.executeCommand('promptsmith.compareWith', state.uri);
        break;
      default:
        message satisfies never;
    }
  }

  /** Sends what is made, or why it cannot be. */
  async #answer(make: () => Promise<ToResults>): Promise<void> {
    const message = await make().catch(
      (error: Error): ToResults => ({ kind: 'nothing', reason: error.message }),
    );
    await this.#panel?.webview.postMessage(message);
  }

  async #prompt() {
    const prompt = this.#state && (await promptFile(Uri.parse(this.#state.uri)));
    if (!prompt) throw new Error('Save the prompt first.');
    return prompt;
  }

  async #case({ id, model }: { readonly id: string; readonly model: string | null }) {
    const { readCase } = await import('../on-demand.ts');
    return await readCase(await this.#prompt(), this.#state?.run ?? '', id, model);
  }

  async #tellStale(): Promise<void> {
    const state = this.#state;
    if (!state || !this.#panel) return;
    const { readRunState } = await import('../on-demand.ts');
    const now = await readRunState(await this.#prompt(), state.run).catch(() => null);
    const message: ToResults = {
      kind: 'stale',
      isStale: now?.isStale ?? false,
      continuation: now?.continuation ?? null,
    };
    if (this.#state === state) await this.#panel?.webview.postMessage(message);
  }

  async #reveal(id: string): Promise<void> {
    if (!this.#state) return;
    const prompt = await this.#tree.itemOf(Uri.parse(this.#state.uri));
    const item = this.#tree.casesOf(prompt).get(id);
    if (item?.uri)
      await window.showTextDocument(item.uri, {
        viewColumn: ViewColumn.Beside,
        ...(item.range ? { selection: item.range } : {}),
      });
  }

  async #export(run: string): Promise<void> {
    await exportResults(await this.#prompt(), run);
  }
}
