import { ProgressLocation, type TextDocument, window } from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';
import { findVisiblePrompt, showNoPromptMessage } from '../active-prompt.ts';
import { revealMessage } from '../prompt-editor.ts';
import { requestFigures } from '../prompt-status.ts';
import type { Command } from './command.ts';
import { listTokenRows } from './token-rows.ts';

/** Lists the tokens of the open prompt by message and variable. Selecting a message shows it. */
export const auditTokens: Command = {
  id: 'promptsmith.auditTokens',
  async run({ server }) {
    const document = findVisiblePrompt();
    if (!document) {
      await showNoPromptMessage();
      return;
    }
    const summary = await window.withProgress(
      { location: ProgressLocation.Window, title: 'Counting tokens…' },
      () => requestFigures(server, document),
    );
    if (!summary?.report) {
      await window.showInformationMessage(
        summary?.isCounting || server.state.kind !== 'running'
          ? 'The tokens are not counted yet. Try again in a moment or see the log.'
          : 'No token counts: this file is not a prompt.',
      );
      return;
    }
    const chosen = await window.showQuickPick(listTokenRows(summary.report), {
      title: summary.promptId,
      placeHolder: 'Token breakdown of a call. Select a message to show it in the editor.',
      matchOnDescription: true,
    });
    if (chosen?.message !== undefined) await reveal(document, chosen.message);
  },
};

/** Messages without content are not counted, so they are not in the list. */
async function reveal(document: TextDocument, index: number): Promise<void> {
  const { messages } = parsePrompt(document.getText());
  const counted = messages.filter(({ content }) => content)[index];
  if (counted) await revealMessage(document.uri, messages.indexOf(counted));
}
