import { Uri } from 'vscode';
import { findVisiblePrompt } from '../active-prompt.ts';
import type { PromptNode } from '../prompts/prompts-view.ts';
import type { CommandContext } from './command.ts';

/** The prompts that a command applies to: a lens passes a URI, a view its rows; otherwise the visible prompt. */
export function resolvePromptUris(
  { prompts }: CommandContext,
  [given, all]: readonly unknown[],
): Uri[] {
  if (typeof given === 'string') return [Uri.parse(given)];
  if (given instanceof Uri) return [given];
  const nodes = (all ?? (given ? [given] : [])) as readonly PromptNode[];
  if (nodes.length > 0) return prompts.resolvePrompts(nodes).map(({ uri }) => Uri.parse(uri));
  const open = findVisiblePrompt();
  return open ? [open.uri] : [];
}
