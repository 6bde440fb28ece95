import { Range, type Uri, window, workspace } from 'vscode';
import { addCase } from '#core/prompt/golden-case.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { UserError } from '#core/user-error.ts';
import { applyEdit } from '../prompt-editor.ts';
import type { PromptState } from './prompt-state.ts';

/** Adds the values of the form, and the answer if wanted, to the prompt's golden cases. */
export async function saveCase(state: PromptState, uri: Uri, answer: string): Promise<void> {
  const both = 'Values, and the answer as `expected`';
  const inputs = 'Values alone';
  const what = await window.showQuickPick([both, inputs], {
    title: 'What belongs to the golden case?',
    ignoreFocusOut: true,
  });
  if (what === undefined) return;
  const name = await window.showInputBox({
    title: 'Name of the golden case',
    ignoreFocusOut: true,
    prompt: 'May be left empty.',
    validateInput: (text) =>
      state.cases.includes(text.trim()) ? 'There is a case of this name.' : null,
  });
  if (name === undefined) return;
  const document = await workspace.openTextDocument(uri);
  const edit = addCase(parsePrompt(document.getText()), {
    values: state.values,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(what === both ? { expected: answer } : {}),
  });
  if (!edit) throw new UserError('The file is no map of keys: it cannot hold cases.');
  const { start } = edit.span;
  const at = document.positionAt(start);
  // It is saved when the user saves it.
  await applyEdit(document, edit);
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await window.showTextDocument(document, {
    ...(shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn }),
  });
  editor.revealRange(new Range(at, document.positionAt(start + edit.text.length)));
}
