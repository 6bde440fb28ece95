import { summarizeQuality } from '#core/eval/compare/quality.ts';
import { hashPrompt } from '#core/eval/hashes.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { escapeForHover } from '#core/printing/hover.ts';
import { joinParagraphs } from '#core/printing/safe-text.ts';
import { findEntry } from '#core/prompt/node.ts';
import type { Analysis } from '../analysis.ts';
import { findLineEnd, type Hint } from './hint.ts';

/** The result of the prompt's last eval, after `evaluators:` or else after the prompt's name. */
export function createQualityHint(analysis: Analysis, runs: readonly Summary[]): Hint[] {
  const { root, name } = analysis.prompt;
  const at = findEntry(root, 'evaluators')?.key.span.end ?? name?.span.end;
  if (runs.length === 0 || at === undefined) return [];
  const quality = summarizeQuality(runs, hashPrompt(analysis.prompt));
  if (!quality) return [];
  const tooltip = joinParagraphs(...quality.details.map((detail) => escapeForHover(detail)));
  return [{ at: findLineEnd(analysis, at), label: quality.label, tooltip }];
}
