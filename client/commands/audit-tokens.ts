import { ProgressLocation, type QuickPickItem, type TextDocument, window } from 'vscode';
import { formatPercent } from '#core/format-percent.ts';
import { formatCount, formatDollars, formatSpread, formatTokenSize } from '#core/models/figures.ts';
import { formatApproximation } from '#core/models/render-token-report.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { findVisiblePrompt, showNoPromptMessage } from '../active-prompt.ts';
import { revealMessage } from '../prompt-editor.ts';
import { requestFigures } from '../prompt-status.ts';
import { formatCallCost } from '../summary-text.ts';
import type { Command } from './command.ts';

interface Row extends QuickPickItem {
  /** Which message it is about. */
  readonly message?: number;
}

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
    const chosen = await window.showQuickPick(buildRows(summary.report), {
      title: summary.promptId,
      placeHolder: 'Token breakdown of a call. Select a message to show it in the editor.',
      matchOnDescription: true,
    });
    if (chosen?.message !== undefined) await reveal(document, chosen.message);
  },
};

function buildRows(report: TokenReport): Row[] {
  const { tokens, context, cost } = report;
  const about = formatApproximation(report);
  const share = (part: number) =>
    formatPercent(tokens.call.median > 0 ? part / tokens.call.median : 0);
  const row = (label: string, description: string, message?: number): Row => ({
    label,
    description,
    ...(message === undefined ? {} : { message }),
  });
  return [
    row('Call', `${about}${formatSpread(tokens.call)} tokens`),
    ...tokens.messages.map(({ role, total }, i) =>
      row(
        `$(comment) ${i + 1}. ${role ?? 'message'}`,
        `${about}${formatSpread(total)} · ${share(total.median)}`,
        i,
      ),
    ),
    ...Object.entries(tokens.variables).map(([name, figure]) =>
      row(
        `$(symbol-variable) {{${name}}}`,
        `${about}${formatSpread(figure)} · ${share(figure.median)}`,
      ),
    ),
    row('Chat overhead', `≈ ${formatCount(tokens.overhead)} · ${share(tokens.overhead)}`),
    row('Cacheable prefix', `${about}${formatCount(tokens.cacheablePrefix)}`),
    ...(context
      ? [
          row(
            'Context window',
            `${formatPercent(context.share)} of ${formatTokenSize(context.window)}`,
          ),
        ]
      : []),
    row('Cost per call', formatCallCost(report) || 'unknown: no model set'),
    ...(cost ? [row('Cost per 1,000 calls', formatDollars(cost.per1000))] : []),
    ...(cost?.goldenSet != null
      ? [row('Cost of the golden set', formatDollars(cost.goldenSet))]
      : []),
    ...(cost?.perMonth != null ? [row('Cost per month', formatDollars(cost.perMonth))] : []),
  ];
}

/** Messages without content are not counted, so they are not in the list. */
async function reveal(document: TextDocument, index: number): Promise<void> {
  const { messages } = parsePrompt(document.getText());
  const counted = messages.filter(({ content }) => content)[index];
  if (counted) await revealMessage(document.uri, messages.indexOf(counted));
}
