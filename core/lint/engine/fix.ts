import { parsePrompt } from '../../prompt/parse.ts';
import { applyEdits, type Edit } from '../../text.ts';
import { type LintInput, lint } from './lint.ts';
import type { Rule } from './rule.ts';

/** A fix can cause another finding. More rounds than this mean that two rules undo each other. */
const MAX_ROUNDS = 10;

/**
 * Applies the first fix of every finding that has one, only safe fixes unless `unsafe` is set, round by round
 * until nothing changes. Of overlapping fixes, later ones wait for the next round. A round that would
 * break the YAML is skipped. `onApplied` gets the rule of each fix.
 */
export function applyFixes(
  input: LintInput,
  rules: readonly Rule[],
  options: { readonly unsafe: boolean; readonly onApplied?: (rule: string) => void },
): string {
  let { prompt } = input;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const chosen = chooseFixes({ ...input, prompt }, rules, options);
    const edits = chosen.flatMap((one) => one.edits);
    if (edits.length === 0) break;
    const next = parsePrompt(applyEdits(prompt.text, edits));
    if (next.text === prompt.text || (next.broken && !prompt.broken)) break;
    prompt = next;
    for (const { rule } of chosen) options.onApplied?.(rule);
  }
  return prompt.text;
}

/** Chooses the fixes of one round: the first of each finding, without overlaps. */
export function chooseFixes(
  input: LintInput,
  rules: readonly Rule[],
  options: { readonly unsafe: boolean },
): { readonly rule: string; readonly edits: readonly Edit[] }[] {
  const chosen: { rule: string; edits: readonly Edit[] }[] = [];
  const taken = new Uint8Array(input.prompt.text.length + 1);
  for (const { id, fixes = [], suppressed, uri } of lint(input, rules)) {
    const fix = fixes.find(({ safe }) => safe || options.unsafe);
    if (!fix || suppressed || uri !== undefined) continue;
    // Adjacent fixes conflict too: the order of two insertions at one offset would be arbitrary.
    const isFree = fix.edits.every(
      ({ span }) => !taken.subarray(span.start, span.end + 1).includes(1),
    );
    if (!isFree) continue;
    for (const { span } of fix.edits) taken.fill(1, span.start, span.end + 1);
    chosen.push({ rule: id, edits: fix.edits });
  }
  return chosen;
}
