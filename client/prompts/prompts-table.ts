import { count, dollars } from '#core/models/figures.ts';
import { markdown, markdownText } from '#core/printing/markdown.ts';
import { markdownTable } from '#core/printing/markdown-table.ts';
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
    count(prompt.cases),
    prompt.tokens ? `${prompt.tokens.exact ? '' : '≈ '}${count(prompt.tokens.count)}` : '',
    prompt.costPerCall === null ? 'unknown' : dollars(prompt.costPerCall),
    prompt.costPerMonth === null ? '' : dollars(prompt.costPerMonth),
    count(prompt.error + prompt.warning + prompt.info),
  ]);
  const cells = rows.map((row) => row.map((cell) => markdownText(cell)));
  return markdown`${markdownTable(columns, cells)}\n`;
}
