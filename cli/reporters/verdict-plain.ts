import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { describeVerdict } from '#core/eval/compare/describe-verdict.ts';
import { casesForGate, type GateQuestion, gateChance } from '#core/eval/compare/gate-chance.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { ComparisonReport } from '#core/eval/report/run-report.ts';

import { type Style, type Terminal, wrapText } from '../terminal.ts';
import { oneLine } from './one-line.ts';

/** Before a run: the smallest change between two versions that these cases can detect. */
export function printDetectable(plan: Plan, margin: number, terminal: Terminal): void {
  terminal.print(terminal.style(`  ${describeDetectableChange(plan, margin)}`, 'dim'));
}

/** Before a run: how likely an equally good prompt passes the gate. */
export function printGate(question: GateQuestion, terminal: Terminal): void {
  const chance = gateChance(question);
  const { preset, repeats, margin, cases } = question;
  const share = Math.round(chance * 100);
  const gate = preset === 'non-inferior' ? '--fail-on inferior' : 'the acceptance of the file';
  const needed =
    preset === 'no-regression' || chance >= 0.8
      ? ''
      : `; 80 % requires ${[repeats, 3]
          .filter((k, i) => i === 0 || k > repeats)
          .map((k) => neededText(casesForGate(k, margin), k, repeats))
          .join(', or ')}`;
  const text = `an equally good prompt passes ${gate} about ${share} % of the time with ${cases.length === 1 ? 'this case' : `these ${cases.length} cases`}${needed}`;
  const [first = '', ...rest] = wrapText(text, terminal.width - 2);
  for (const line of [first, ...rest]) terminal.print(terminal.style(`  ${line}`, 'dim'));
}

function neededText(cases: number | null, repeats: number, now: number): string {
  const count = cases === null ? 'more than 5,000 cases' : `about ${cases} cases`;
  return repeats === now ? count : `${count} × ${repeats}`;
}

/** The verdict of each comparison, with notes on how to read it. */
export function printComparisons(
  comparisons: readonly ComparisonReport[],
  terminal: Terminal,
): void {
  for (const { comparison, sides, text, notes, toFailed, toPassed } of comparisons) {
    for (const line of wrapText(oneLine(sides), terminal.width - 2))
      terminal.print(`  ${terminal.style(line, 'dim')}`);
    for (const line of wrapText(oneLine(text), terminal.width - 2))
      terminal.print(`  ${terminal.style(line, ...STYLES[comparison.verdict])}`);
    if (toFailed.length > 0) printNote(`now failing: ${listNames(toFailed)}`, terminal);
    if (toPassed.length > 0) printNote(`now passing: ${listNames(toPassed)}`, terminal);
    for (const note of notes) printNote(note, terminal);
  }
}

const STYLES: Readonly<Record<Comparison['verdict'], readonly Style[]>> = {
  regression: ['red', 'bold'],
  improvement: ['green', 'bold'],
  equivalent: ['green'],
  underpowered: ['yellow'],
  'no-evidence': ['yellow'],
  incomplete: ['yellow'],
};

function listNames(names: readonly string[]): string {
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return names.slice(0, 8).join(', ') + more;
}

function printNote(text: string, terminal: Terminal): void {
  const [first = '', ...rest] = wrapText(oneLine(text), terminal.width - 6);
  terminal.print(`    ${first}`);
  for (const line of rest) terminal.print(`      ${line}`);
}

/** Several prompts compared with one baseline: their verdicts with p adjusted for their number. */
export function printTogether(
  found: readonly Pick<FinishedEval, 'prepared' | 'comparisons'>[],
  terminal: Terminal,
): void {
  terminal.print();
  terminal.print(
    terminal.style(
      '  compared with one baseline, p-values adjusted for all of these comparisons',
      'dim',
    ),
  );
  for (const { prepared, comparisons } of found) {
    for (const comparison of comparisons) {
      const model = comparison.model === undefined ? '' : `, ${comparison.model}`;
      const text = `${prepared.path}${model}: ${describeVerdict(comparison)}`;
      for (const line of wrapText(oneLine(text), terminal.width - 2))
        terminal.print(`  ${terminal.style(line, ...STYLES[comparison.verdict])}`);
    }
  }
}
