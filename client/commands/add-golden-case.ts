import {
  env,
  l10n,
  type QuickPickItem,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { caseIds } from '#core/eval/ids.ts';
import { addGoldenRow, type GoldenRow } from '#core/prompt/golden-row.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { activePrompt } from '../prompt-status.ts';
import { askForRow } from '../testing/ask-for-row.ts';
import { evaluateAloud } from '../testing/evaluate-aloud.ts';
import type { Command, CommandContext } from './command.ts';

/** Makes a golden case of a text: from the clipboard, the selection, or whoever calls. */
export const addGoldenCase: Command = {
  id: 'promptsmith.addGoldenCase',
  async run(context, given) {
    const text = typeof given === 'string' ? given : await askForText();
    const uri = text === undefined ? undefined : await askForPrompt(context);
    if (text === undefined || !uri) return;
    const document = await workspace.openTextDocument(uri);
    const prompt = parsePrompt(document.getText());
    const row = await askForRow(prompt, text);
    if (row) await add(context, uri, row);
  },
};

async function add(context: CommandContext, uri: Uri, row: GoldenRow): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const text = document.getText();
  const made = addGoldenRow(parsePrompt(text), row, text);
  if ('error' in made) {
    await window.showErrorMessage(
      l10n.t('{0}: the case could not be added: {1}.', workspace.asRelativePath(uri), made.error),
    );
    return;
  }
  const edit = new WorkspaceEdit();
  const { start, end } = made.span;
  edit.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), made.text);
  await workspace.applyEdit(edit);
  const { rows } = parsePrompt(document.getText());
  const added = rows.at(-1);
  const id = caseIds(rows).at(-1);
  const at = document.positionAt(added?.span.start ?? start);
  await window.showTextDocument(document, { selection: new Range(at, at) });
  const run = l10n.t('Run It Once');
  const message = l10n.t('The case is added. Does it fail today, as it should?');
  if (id === undefined || (await window.showInformationMessage(message, run)) !== run) return;
  await evaluateAloud(context, [uri], { baseline: { t: 'none' } }, new Set([id]));
}

async function askForText(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const copied = (await env.clipboard.readText()).trim();
  const choice = (label: string, text: string) =>
    text === '' ? [] : [{ label, description: text.replace(/\s+/g, ' ').slice(0, 80), text }];
  const items: (QuickPickItem & { text: string })[] = [
    ...choice(l10n.t('$(selection) Selection'), selected),
    ...choice(l10n.t('$(clippy) Clipboard'), copied),
    { label: l10n.t('$(edit) Type It…'), text: '' },
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Which text shall become a golden case?'),
  });
  if (chosen?.text !== '') return chosen?.text;
  return await window.showInputBox({ title: l10n.t('The text of the golden case') });
}

async function askForPrompt({ prompts }: CommandContext): Promise<Uri | undefined> {
  const open = activePrompt();
  if (open) return open.uri;
  const items = prompts.prompts.map(({ name, path, uri }) => ({
    label: name,
    description: path,
    uri,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('For which prompt?'),
    matchOnDescription: true,
  });
  return chosen && Uri.parse(chosen.uri);
}
