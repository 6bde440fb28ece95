import { count, dollars } from '#core/models/figures.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';

/** Prompts as a Markdown table. */
export function formatMarkdownTable(prompts: readonly WorkspacePrompt[]): string {
  const header = ['Prompt', 'Model', 'Cases', 'Tokens', 'Per call', 'Per month', 'Findings'];
  const rows = prompts.map((prompt) => [
    prompt.path,
    prompt.model ?? '',
    count(prompt.cases),
    prompt.tokens ? `${prompt.tokens.exact ? '' : '≈ '}${count(prompt.tokens.count)}` : '',
    prompt.costPerCall === null ? 'unknown' : dollars(prompt.costPerCall),
    prompt.costPerMonth === null ? '' : dollars(prompt.costPerMonth),
    count(prompt.error + prompt.warning + prompt.info),
  ]);
  const alignment = [':--', ':--', '--:', '--:', '--:', '--:', '--:'];
  return [header, alignment, ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`)
    .join('');
}

function escapeCell(cell: string): string {
  return cell.replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ');
}
