import { applyFixes, chooseFixes } from '#core/lint/engine/fix.ts';
import type { FileFixes, FixEdit, SafeFixesResult } from '#core/protocol.ts';
import { applyEdits } from '#core/text.ts';
import { findSmallestEdit } from '../actions/source-actions.ts';
import type { Analysis } from '../analysis.ts';
import type { Feature } from '../feature.ts';

/** Custom request for all safe fixes in the workspace. */
export const safeFixes: Feature = {
  name: 'workspace safe fixes',
  capabilities: () => ({}),
  register({ connection, guard, workspace }) {
    connection.onRequest(
      'promptsmith/safeFixes',
      guard.handler('safe fixes', [] as SafeFixesResult, async (_: object, signal) => {
        const files: FileFixes[] = [];
        for await (const analysis of workspace.analyses()) {
          if (signal.aborted) break;
          const edits = collectFixEdits(analysis);
          if (edits.length > 0) files.push({ uri: analysis.uri, edits });
        }
        return files;
      }),
    );
  },
};

/** The edits by rule if one round of fixes is enough; otherwise one combined edit for all rounds. */
export function collectFixEdits(analysis: Analysis): FixEdit[] {
  const { prompt, models, counts, facts, file, knowledge, text, lines, findings } = analysis;
  // An editor may open the file in its real encoding: the edits of its bytes would not fit.
  if (facts.encoding) return [];
  if (!findings.some(({ fixes }) => fixes?.some(({ safe }) => safe))) return [];
  const input = { prompt, models, counts, facts, settings: file.settings };
  const options = { unsafe: false };
  const after = applyFixes(input, knowledge.rules, options);
  const round = chooseFixes(input, knowledge.rules, options);
  const all = round.flatMap(({ edits }) => edits);
  if (applyEdits(text, all) !== after) {
    const edit = findSmallestEdit(text, after);
    return edit ? [{ rule: null, range: lines.range(edit.span), newText: edit.text }] : [];
  }
  return round.flatMap(({ rule, edits }) =>
    edits.map((edit) => ({ rule, range: lines.range(edit.span), newText: edit.text })),
  );
}
