import {
  commands,
  type DecorationOptions,
  Disposable,
  MarkdownString,
  Range,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { showInvisible } from '#core/printing/show-invisible.ts';
import type { Row } from '#core/prompt/document.ts';
import { formatInlineAnswer } from './answer-texts.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

/** Characters of an answer in its hover, in UTF-16 units. */
const MAX_HOVER = 1000;

/** The context key that enables the command to clear them. */
const CONTEXT_KEY = 'promptsmith.hasInlineAnswers';

/** The last answer next to each golden case, until it is cleared or the file is changed or closed. */
export class InlineAnswers implements Disposable {
  /** By file, then by the line of the case. */
  readonly #shown = new Map<string, Map<number, DecorationOptions>>();
  readonly #type = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em' },
  });
  readonly #parts: Disposable;

  constructor() {
    this.#parts = Disposable.from(
      this.#type,
      workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.dismiss(document.uri),
      ),
      workspace.onDidCloseTextDocument(({ uri }) => this.dismiss(uri)),
      // Hidden editors lose their decorations.
      window.onDidChangeVisibleTextEditors(() => this.#draw()),
    );
  }

  /** Shows an answer next to its case, unless the case is in another file. */
  show(uri: Uri, row: Row | undefined, [first]: readonly StreamedAnswer[]): void {
    const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (!document || !row || row.file !== undefined || first?.phase !== 'done') return;
    const { range } = document.lineAt(document.positionAt(row.span.start).line);
    const latencyMs = first.answer?.latencyMs ?? 0;
    const contentText = formatInlineAnswer(first.text.slice(0, MAX_HOVER), first.cost, latencyMs);
    const rows = this.#shown.get(uri.toString()) ?? new Map<number, DecorationOptions>();
    this.#shown.set(uri.toString(), rows);
    rows.set(range.end.line, {
      // A character to hover over, also by keyboard.
      range: new Range(range.end.translate(0, range.isEmpty ? 0 : -1), range.end),
      renderOptions: { after: { contentText } },
      hoverMessage: [createAnswerHover(first), createActionsHover(uri)],
    });
    this.#draw();
  }

  /** Clears the answers of a file, or all of them. */
  dismiss(uri?: Uri): void {
    const had = this.#shown.size;
    if (uri) this.#shown.delete(uri.toString());
    else this.#shown.clear();
    if (this.#shown.size !== had) this.#draw();
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #draw(): void {
    for (const editor of window.visibleTextEditors) {
      const rows = this.#shown.get(editor.document.uri.toString());
      editor.setDecorations(this.#type, [...(rows?.values() ?? [])]);
    }
    void commands.executeCommand('setContext', CONTEXT_KEY, this.#shown.size > 0);
  }
}

/** The answer as text: nothing in it is markup or a link. */
function createAnswerHover({ text }: StreamedAnswer): MarkdownString {
  const cut = text.length > MAX_HOVER ? `${text.slice(0, MAX_HOVER)}…` : text;
  return new MarkdownString().appendText(showInvisible(cut));
}

function createActionsHover(uri: Uri): MarkdownString {
  const link = (label: string, command: string) =>
    `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([uri.toString()]))})`;
  const show = link('Show in Playground', 'promptsmith.showPlayground');
  const dismiss = link('Clear', 'promptsmith.dismissAnswers');
  const actions = new MarkdownString(`${show} · ${dismiss}`);
  actions.isTrusted = {
    enabledCommands: ['promptsmith.showPlayground', 'promptsmith.dismissAnswers'],
  };
  return actions;
}
