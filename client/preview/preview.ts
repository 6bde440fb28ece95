import {
  commands,
  Disposable,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { RenderedPrompt } from '#core/protocol.ts';
import { findActivePrompt } from '../active-prompt.ts';
import type { LanguageServer } from '../language-client.ts';
import { revealMessage } from '../prompt-editor.ts';
import { requestSummary } from '../prompt-status.ts';
import { createWebviewOptions, renderWebviewPage } from '../webview-page.ts';
import type { FromPreview, PreviewState, ToPreview } from './messages.ts';
import { createPreviewMessage, notAPrompt } from './preview-message.ts';

const TYPE = 'promptsmith.preview';
const IS_OPEN = 'promptsmith.previewIsOpen';

/** The messages as they will be sent, beside the editor: one panel that follows the active prompt. */
export class Preview implements Disposable {
  readonly #server: LanguageServer;
  readonly #extension: Uri;
  readonly #parts: Disposable;
  #panel: WebviewPanel | undefined;
  #uri: Uri | undefined;
  /** The case that is shown; undefined is the first one. */
  #case: string | undefined;
  #isAsking = false;
  #isStale = false;

  constructor(server: LanguageServer, extension: Uri) {
    this.#server = server;
    this.#extension = extension;
    this.#parts = Disposable.from(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#shows(document)) this.#update();
      }),
      window.onDidChangeActiveTextEditor(() => this.#follow(findActivePrompt())),
      server.onDidChangeState(() => this.#update()),
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, state: Partial<PreviewState> | undefined) => {
          if (this.#panel || typeof state?.uri !== 'string') return panel.dispose();
          this.#uri = Uri.parse(state.uri);
          this.#case = state.case ?? undefined;
          this.#fill(panel);
        },
      }),
    );
  }

  /** Opens the preview of a prompt, or brings it to the front. */
  show(document: TextDocument): void {
    if (this.#panel) this.#panel.reveal(undefined, true);
    else
      this.#fill(
        window.createWebviewPanel(
          TYPE,
          'Rendered Prompt',
          { viewColumn: ViewColumn.Beside, preserveFocus: true },
          { enableFindWidget: true },
        ),
      );
    this.#follow(document);
  }

  dispose(): void {
    this.#parts.dispose();
    this.#panel?.dispose();
  }

  #fill(panel: WebviewPanel): void {
    this.#panel = panel;
    void commands.executeCommand('setContext', IS_OPEN, true);
    const images = Uri.joinPath(this.#extension, 'images');
    panel.iconPath = {
      light: Uri.joinPath(images, 'prompt-light.svg'),
      dark: Uri.joinPath(images, 'prompt-dark.svg'),
    };
    panel.webview.options = createWebviewOptions(this.#extension);
    panel.webview.onDidReceiveMessage((message: FromPreview) => this.#receive(message));
    panel.onDidChangeViewState(() => this.#update());
    panel.onDidDispose(() => {
      void commands.executeCommand('setContext', IS_OPEN, false);
      this.#panel = undefined;
      this.#uri = undefined;
      this.#case = undefined;
    });
    panel.webview.html = renderWebviewPage(panel.webview, this.#extension, {
      name: 'preview',
      title: panel.title,
    });
  }

  /** A file that is not a prompt leaves the preview unchanged. */
  #follow(document: TextDocument | undefined): void {
    if (!this.#panel || !document || this.#shows(document)) return;
    this.#uri = document.uri;
    this.#case = undefined;
    this.#update();
  }

  #shows({ uri }: TextDocument): boolean {
    return uri.toString() === this.#uri?.toString();
  }

  #receive(message: FromPreview): void {
    switch (message.kind) {
      case 'ready':
        this.#update();
        break;
      case 'case':
        this.#case = message.id;
        this.#update();
        break;
      case 'reveal':
        if (this.#uri) void revealMessage(this.#uri, message.message, message.name);
        break;
      default:
        message satisfies never;
    }
  }

  /** One request at a time. Changes in the meantime lead to one more request. */
  #update(): void {
    this.#isStale = true;
    if (!this.#isAsking) void this.#ask();
  }

  /** A hidden page is recreated when it is shown again, and asks then. */
  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#isStale && this.#panel?.visible && this.#uri) {
        this.#isStale = false;
        const message = await this.#render(this.#uri);
        if (message) await this.#panel?.webview.postMessage(message);
      }
    } finally {
      this.#isAsking = false;
    }
  }

  /** Undefined while the server is not running. */
  async #render(at: Uri): Promise<ToPreview | undefined> {
    const uri = at.toString();
    const title = workspace.asRelativePath(at);
    // A file whose editor was closed is one that the server does not know any more.
    const document = await openDocument(at);
    if (!document) return notAPrompt(title);
    return await createPreviewMessage(
      { uri, title, case: this.#case },
      {
        render: (id) =>
          this.#server.request<RenderedPrompt>('promptsmith/render', {
            uri,
            ...(id === undefined ? {} : { case: id }),
          }),
        summarize: () => requestSummary(this.#server, document),
        isRunning: () => this.#server.state.kind === 'running',
      },
    );
  }
}

async function openDocument(uri: Uri): Promise<TextDocument | undefined> {
  return await workspace.openTextDocument(uri).then(undefined, () => undefined);
}
