import { commands, type Disposable, Uri, workspace } from 'vscode';

const SCHEME = 'promptsmith-answer';

/** Answers as documents that cannot be written, so that VS Code shows how they differ. */
export class AnswerDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider: Disposable;

  constructor() {
    this.#provider = workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
    });
  }

  /** Opens the answers of a case side by side: before and now. */
  async compare(id: string, before: string, now: string): Promise<void> {
    this.#texts.clear();
    const [left, right] = [this.#document(id, 'before', before), this.#document(id, 'now', now)];
    const title = `${id}: the answer before and now`;
    await commands.executeCommand('vscode.diff', left, right, title);
  }

  dispose(): void {
    this.#provider.dispose();
  }

  /** Each has an address of its own: VS Code keeps what it once has read. */
  #document(id: string, side: string, text: string): Uri {
    const uri = Uri.from({
      scheme: SCHEME,
      path: `/${id.replaceAll('/', '-')}.txt`,
      query: `${side}-${crypto.randomUUID()}`,
    });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
