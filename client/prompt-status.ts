import {
  Disposable,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type TextDocument,
  window,
} from 'vscode';
import { renderTokenReport } from '#core/models/render-token-report.ts';
import type { PromptSummary } from '#core/protocol.ts';
import { findActivePrompt } from './active-prompt.ts';
import type { LanguageServer } from './language-client.ts';
import { describeSummary, formatSummary } from './summary-text.ts';

/** The status bar item of the open prompt: tokens, cost of a call, findings. */
export function createPromptStatus(server: LanguageServer): Disposable {
  const item = window.createStatusBarItem('promptsmith.prompt', StatusBarAlignment.Right, 101);
  item.name = 'Prompt: Tokens, Cost, Findings';
  item.command = 'promptsmith.auditTokens';

  const update = async () => {
    const document = findActivePrompt();
    const summary = document && (await requestSummary(server, document));
    if (document !== findActivePrompt()) return;
    if (summary) show(summary);
    else item.hide();
  };
  const show = (summary: PromptSummary) => {
    item.text = formatSummary(summary);
    item.tooltip = summary.report
      ? new MarkdownString(renderTokenReport(summary.report))
      : undefined;
    item.accessibilityInformation = { label: describeSummary(summary) };
    item.show();
  };

  return Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(update),
    server.onDidChangeState(update),
    // The server publishes diagnostics after every change, and again once prices are loaded.
    languages.onDidChangeDiagnostics(({ uris }) => {
      const open = findActivePrompt()?.uri.toString();
      if (uris.some((uri) => uri.toString() === open)) void update();
    }),
  );
}

/** Tokens, cost and findings of an open prompt; null for other files, or without a server. */
export function requestSummary(
  server: LanguageServer,
  document: TextDocument,
): Promise<PromptSummary | null> {
  return server.request('promptsmith/summary', { uri: document.uri.toString() });
}

/** Like `requestSummary`, but waits up to 10 s for the server to start and to count tokens. */
export async function requestFigures(
  server: LanguageServer,
  document: TextDocument,
): Promise<PromptSummary | null> {
  const end = Date.now() + 10_000;
  for (;;) {
    const summary = await requestSummary(server, document);
    const willCome = summary ? summary.isCounting : server.state.kind !== 'running';
    if (!willCome || Date.now() > end) return summary;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
