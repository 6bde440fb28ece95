import { applyFixes } from '#core/lint/engine/fix.ts';
import type { Edit } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import type { Action, ActionSource } from './action.ts';
import { sortPromptKeys } from './sort-prompt-keys.ts';

export const FIX_ALL = 'source.fixAll.promptsmith';
export const CONVERT_ALIASES = 'source.convertAliases.promptsmith';
export const SORT_KEYS = 'source.sortKeys.promptsmith';

/** Applies all safe fixes. */
export const fixAll: ActionSource = (analysis) => {
  const hasSafe = analysis.findings.some(({ fixes }) => fixes?.some((fix) => fix.safe));
  if (!hasSafe || analysis.kind !== 'prompt') return [];
  const { prompt, models, counts, facts, file, knowledge } = analysis;
  const input = { prompt, models, counts, facts, settings: file.settings };
  const after = applyFixes(input, knowledge.rules, { unsafe: false });
  return toWholeFileAction(analysis, 'Apply all safe fixes', FIX_ALL, after);
};

/** Replaces the spellings of other tools with the canonical keys. */
export const convertAliases: ActionSource = (analysis) => {
  const { prompt, file, knowledge, findings } = analysis;
  if (!findings.some(({ rule }) => rule.convertsAliases)) return [];
  const rules = knowledge.rules.filter((rule) => rule.convertsAliases);
  const after = applyFixes({ prompt, settings: file.settings }, rules, { unsafe: false });
  return toWholeFileAction(analysis, 'Convert aliases to canonical keys', CONVERT_ALIASES, after);
};

/** Sorts the keys into the order of the schema. */
export const sortKeys: ActionSource = (analysis) => {
  const after = analysis.kind === 'prompt' ? sortPromptKeys(analysis.prompt) : null;
  return after === null
    ? []
    : toWholeFileAction(analysis, 'Sort keys in canonical order', SORT_KEYS, after);
};

function toWholeFileAction(
  { text }: Analysis,
  title: string,
  kind: string,
  after: string,
): Action[] {
  const edit = findSmallestEdit(text, after);
  return edit === null ? [] : [{ title, kind, edits: [edit] }];
}

/** One edit without the common prefix and suffix of both texts; null if they are equal. */
export function findSmallestEdit(before: string, after: string): Edit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  // Never split CR LF: LSP has no position between them.
  if (before[start - 1] === '\r') start--;
  if (before[before.length - end] === '\n' && before[before.length - end - 1] === '\r') end--;
  return {
    span: { start, end: before.length - end },
    text: after.slice(start, after.length - end),
  };
}
