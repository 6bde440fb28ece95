import {
  DecorationRangeBehavior,
  Disposable,
  Range,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Row } from '#core/prompt/document.ts';
import type { Answering } from './answering.ts';

/** Of an answer so much is shown beside its row, in UTF-16 units. */
const EXCERPT = 60;

/** Shows beside the golden case what came out, until the file is changed or closed. */
export function showInline(uri: Uri, row: Row | undefined, answers: readonly Answering[]): void {
  const [first] = answers;
  const editor = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  if (!editor || !row || row.file !== undefined || first?.phase !== 'done') return;
  const { document } = editor;
  const line = document.lineAt(document.positionAt(row.span.start).line);
  const figures = Object.fromEntries(first.view.figures);
  const text = first.text.replace(/\s+/g, ' ').trim();
  const excerpt = text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1)}…` : text;
  const decoration = window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: {
      contentText: `“${visible(excerpt)}” · ${figures.cost} · ${figures.total}`,
      color: new ThemeColor('editorCodeLens.foreground'),
      margin: '0 0 0 3em',
      fontStyle: 'italic',
    },
  });
  editor.setDecorations(decoration, [new Range(line.range.end, line.range.end)]);
  const parts: Disposable[] = [decoration];
  const end = (changed: Uri) => {
    if (changed.toString() === uri.toString()) Disposable.from(...parts).dispose();
  };
  parts.push(
    workspace.onDidChangeTextDocument((event) => end(event.document.uri)),
    workspace.onDidCloseTextDocument((closed) => end(closed.uri)),
  );
}

/** What an answer could do to a line of the editor by characters that are not seen. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
