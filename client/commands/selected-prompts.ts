import { env, Uri, window } from 'vscode';
import { formatPromptsTable } from '../prompts/prompts-table.ts';
import type { PromptNode } from '../prompts/prompts-view.ts';
import type { Command, CommandContext } from './command.ts';

/** Opens every selected prompt in its own editor. */
export const openPrompts: Command = {
  id: 'promptsmith.openPrompts',
  async run(context, ...args) {
    for (const { uri } of resolveSelection(context, args))
      await window.showTextDocument(Uri.parse(uri), { preview: false, preserveFocus: true });
  },
};

/** Copies the selected prompts as a Markdown table, for an issue or a report. */
export const copyPrompts: Command = {
  id: 'promptsmith.copyPrompts',
  async run(context, ...args) {
    const prompts = resolveSelection(context, args);
    await env.clipboard.writeText(formatPromptsTable(prompts));
    window.setStatusBarMessage(
      `Copied ${prompts.length} ${prompts.length === 1 ? 'prompt' : 'prompts'} as a Markdown table`,
      3000,
    );
  },
};

/** A view passes the clicked row and, with a multiple selection, all selected rows. */
function resolveSelection({ prompts }: CommandContext, [clicked, all]: readonly unknown[]) {
  const nodes = (all ?? (clicked ? [clicked] : [])) as readonly PromptNode[];
  return prompts.resolvePrompts(nodes);
}
