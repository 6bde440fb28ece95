import { formatCount, formatDollars } from '#core/models/figures.ts';
import { escapeForMarkdown, markdown } from '#core/printing/markdown.ts';
import { renderMarkdownTable } from '#core/printing/markdown-table.ts';
import type { SafeText } from '#core/printing/safe-text.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';

/** Prompts as a Markdown table. */
export function formatPromptsTable(prompts: readonly WorkspacePrompt[]): SafeText<'markdown'> {
  const columns = [
    { heading: markdown`Prompt` },
    { heading: markdown`Model` },
    { heading: markdown`Cases`, isNumber: true },
    { heading: markdown`Tokens`, isNumber: true },
    { heading: markdown`Per call`, isNumber: true },
    { heading: markdown`Per month`, isNumber: true },
    { heading: markdown`Findings`, isNumber: true },
  ];
  const rows = prompts.map((prompt) => [
    prompt.path,
    prompt.model ?? '',
    formatCount(prompt.cases),
    prompt.tokens ? `${prompt.tokens.exact ? '' : '≈ '}${formatCount(prompt.tokens.count)}` : '',
    prompt.costPerCall === null ? 'unknown' : formatDollars(prompt.costPerCall),
    prompt.costPerMonth === null ? '' : formatDollars(prompt.costPerMonth),
    formatCount(prompt.error + prompt.warning + prompt.info),
  ]);
  const cells = rows.map((row) => row.map((cell) => escapeForMarkdown(cell)));
  return markdown`${renderMarkdownTable(columns, cells)}\n`;
}
