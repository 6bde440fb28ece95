import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict } from '#core/eval/compare/describe-verdict.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { formatTable, type Terminal } from '../terminal.ts';
import { printChangesWithWords } from './changes-plain.ts';
import { listDiffFigures } from './diff-figures.ts';

/** Prints a diff: its sides, the changes with their words, then tokens, cost and quality. */
export function printDiff(diff: PromptDiff, terminal: Terminal): void {
  const { from, to, bump, changes } = diff;
  terminal.print(
    `${terminal.style(escapeForTerminal(`${from} → ${to}`), 'bold')}  ${bump === 'none' ? 'no relevant changes' : bump}`,
  );
  printChangesWithWords(changes, terminal);
  const rows = listDiffFigures(diff).map((one) => [
    `  ${one.name}`,
    one.from === one.to ? one.from : `${one.from} → ${one.to}`,
    one.change,
  ]);
  for (const line of formatTable(rows)) terminal.print(line);
  const quality = diff.eval ? describeVerdict(diff.eval) : 'no comparable runs';
  terminal.print(`  eval: ${quality}`);
}
