import { commands, Disposable, EventEmitter, Uri, workspace } from 'vscode';

const SCHEME = 'promptsmith-answer';
/** Older texts are dropped. */
const MAX_TEXTS = 50;

/** Answers as documents that can be read, searched and compared, but not edited. */
export class AnswerDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #parts: Disposable;
  #count = 0;

  constructor() {
    this.#parts = Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? '',
      }),
    );
  }

  /** Shows a text in an editor. */
  async open(title: string, text: string): Promise<void> {
    await commands.executeCommand('vscode.open', this.#add(title, text));
  }

  /** Shows two texts side by side, with what differs. */
  async compare(
    left: { readonly title: string; readonly text: string },
    right: { readonly title: string; readonly text: string },
  ): Promise<void> {
    await commands.executeCommand(
      'vscode.diff',
      this.#add(left.title, left.text),
      this.#add(right.title, right.text),
      `${left.title} ↔ ${right.title}`,
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #add(title: string, text: string): Uri {
    const path = `/${++this.#count}/${title.replace(/[/\\?#]+/g, '-')}`;
    this.#texts.set(path, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MAX_TEXTS && oldest !== undefined) this.#texts.delete(oldest);
    return Uri.from({ scheme: SCHEME, path });
  }
}
