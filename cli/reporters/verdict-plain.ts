import type { EvalOutcome, FinishedEval } from '#app/eval/eval-event.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { casesForGate, type GateQuestion, gateChance } from '#core/eval/compare/gate-chance.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { describeAcceptancePart } from '#core/eval/report/acceptance.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';

import { type Style, type Terminal, wrapText } from '../terminal.ts';

/** Whether the run meets the acceptance criteria of its file, and which it misses, or why that is open. */
export function printConclusion(
  { conclusion, acceptance, names }: Pick<EvalOutcome, 'conclusion' | 'acceptance' | 'names'>,
  terminal: Terminal,
): void {
  const { parts, hasCriteria } = acceptance;
  switch (conclusion.kind) {
    case 'accepted': {
      if (!hasCriteria && parts.length === 1) return;
      const known = parts.filter(({ met }) => met === true).length;
      const count = `${known} of ${parts.length} criteria met`;
      terminal.print(`  ${terminal.style('accepted', 'green')} (${count})`);
      break;
    }
    case 'not-accepted':
      terminal.print(`  ${terminal.style('not accepted', 'red', 'bold')}`);
      break;
    case 'undecided':
    case 'inconclusive': {
      const next = 'neither accepted nor failed; --retry-errors asks for what is missing';
      const text = `${conclusion.kind}: ${conclusion.reason}: ${next}`;
      for (const line of wrapText(text, terminal.width - 2))
        terminal.print(`  ${terminal.style(line, 'yellow')}`);
      if (conclusion.kind === 'inconclusive') return;
      break;
    }
    default:
      conclusion satisfies never;
  }
  for (const part of parts.filter(({ met }) => met === false))
    printNote(`✗ ${describeAcceptancePart(part, names)}`, terminal);
  for (const part of parts.filter(({ met }) => met === null))
    printNote(
      `? ${part.undecided ? describeAcceptancePart(part, names) : `${part.name} cannot be measured in this run`}`,
      terminal,
    );
}

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
  comparisons: readonly Comparison[],
  names: ReadonlyMap<string, string>,
  terminal: Terminal,
): void {
  for (const comparison of comparisons) {
    const { verdict, model, base, baseModel, toFailed, toPassed } = comparison;
    const text = describeVerdict(comparison);
    const lines = wrapText(escapeForTerminal(text), terminal.width - 2);
    const sides =
      baseModel === undefined
        ? `compared with ${base}${model ? `, ${model}` : ''}`
        : `${model} compared with ${baseModel}`;
    terminal.print(terminal.style(`  ${sides}`, 'dim'));
    for (const line of lines) terminal.print(`  ${terminal.style(line, ...STYLES[verdict])}`);
    if (toFailed.length > 0) printNote(`now failing: ${listed(toFailed, names)}`, terminal);
    if (toPassed.length > 0) printNote(`now passing: ${listed(toPassed, names)}`, terminal);
    for (const note of listVerdictNotes(comparison, names)) printNote(note, terminal);
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

function listed(ids: readonly string[], names: ReadonlyMap<string, string>): string {
  const more = ids.length > 8 ? ` and ${ids.length - 8} more` : '';
  const shown = ids.slice(0, 8).map((id) => names.get(id) ?? id);
  return shown.join(', ') + more;
}

function printNote(text: string, terminal: Terminal): void {
  const [first = '', ...rest] = wrapText(escapeForTerminal(text), terminal.width - 6);
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
      for (const line of wrapText(escapeForTerminal(text), terminal.width - 2))
        terminal.print(`  ${terminal.style(line, ...STYLES[comparison.verdict])}`);
    }
  }
}
