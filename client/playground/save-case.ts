import { Range, type Uri, window, workspace } from 'vscode';
import { addCase } from '#core/prompt/golden-case.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { UserError } from '#core/user-error.ts';
import { applyEdit } from '../prompt-editor.ts';
import type { PromptState } from './prompt-state.ts';

/** Adds the values of the form, and the answer if wanted, to the prompt's golden cases. */
export async function saveCase(state: PromptState, uri: Uri, answer: string): Promise<void> {
  const both = 'Values and answer (as `expected`)';
  const inputs = 'Values only';
  const what = await window.showQuickPick([both, inputs], {
    title: 'Contents of the golden case',
    ignoreFocusOut: true,
  });
  if (what === undefined) return;
  const name = await window.showInputBox({
    title: 'Name of the golden case',
    ignoreFocusOut: true,
    prompt: 'Optional',
    validateInput: (text) =>
      state.cases.includes(text.trim()) ? 'A case with this name already exists.' : null,
  });
  if (name === undefined) return;
  const document = await workspace.openTextDocument(uri);
  const edit = addCase(parsePrompt(document.getText()), {
    values: state.values,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(what === both ? { expected: answer } : {}),
  });
  if (!edit)
    throw new UserError('The top level of the file is not a mapping. Cases cannot be added.');
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
