import { Range, Uri, window, workspace } from 'vscode';
import { assignCaseIds } from '#core/eval/ids.ts';
import { addCase, type NewCase } from '#core/prompt/golden-case.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { findActivePrompt } from '../active-prompt.ts';
import { applyEdit } from '../prompt-editor.ts';
import { askForRow } from '../testing/ask-for-row.ts';
import { askForText } from '../testing/ask-for-text.ts';
import { evaluateAndNotify } from '../testing/evaluate-and-notify.ts';
import type { Command, CommandContext } from './command.ts';

/** Creates a golden case from the clipboard, the selection, or a text that the caller passes. */
export const addGoldenCase: Command = {
  id: 'promptsmith.addGoldenCase',
  async run(context, given) {
    const found = typeof given === 'string' ? { text: given } : await askForText();
    const uri = found && (await askForPrompt(context));
    if (!uri) return;
    const document = await workspace.openTextDocument(uri);
    const row = await askForRow(parsePrompt(document.getText()), found.text);
    const { source } = found;
    if (row) await add(context, uri, { ...row, ...(source === undefined ? {} : { source }) });
  },
};

async function add(context: CommandContext, uri: Uri, row: NewCase): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const before = parsePrompt(document.getText());
  const made = before.broken ? null : addCase(before, row);
  if (!made) {
    await window.showErrorMessage(
      `Cannot add a golden case to ${workspace.asRelativePath(uri)}: fix the YAML errors first.`,
    );
    return;
  }
  await applyEdit(document, made);
  const { rows } = parsePrompt(document.getText());
  const added = rows.at(-1);
  const id = assignCaseIds(rows).at(-1);
  const at = document.positionAt(added?.span.start ?? made.span.start);
  await window.showTextDocument(document, { selection: new Range(at, at) });
  const run = 'Run Case';
  const message = 'Golden case added. Run it now to confirm that it fails?';
  if (id === undefined || (await window.showInformationMessage(message, run)) !== run) return;
  await evaluateAndNotify(context, [uri], { baseline: { kind: 'none' } }, new Set([id]));
}

async function askForPrompt({ prompts }: CommandContext): Promise<Uri | undefined> {
  const open = findActivePrompt();
  if (open) return open.uri;
  const items = prompts.prompts.map(({ name, path, uri }) => ({
    label: name,
    description: path,
    uri,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Select the prompt for the golden case',
    matchOnDescription: true,
  });
  return chosen && Uri.parse(chosen.uri);
}
