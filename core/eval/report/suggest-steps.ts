import type { Comparison } from '../compare/comparison.ts';
import { formatMagnitude } from '../compare/describe-verdict.ts';
import { requiredSampleSize, TYPICAL_NOISE } from '../statistics/minimum-detectable-change.ts';
import { formatPlace } from './case-facts.ts';
import type { MissingGroup } from './group-missing.ts';
import type { CaseFailure } from './list-failures.ts';
import { isWorse, type Slice } from './slices.ts';
import type { Summary } from './summary.ts';

/** What to do about a result. */
export interface NextStep {
  readonly kind:
    | 'remedy'
    | 'resume'
    | 'retry-errors'
    | 'run-baseline'
    | 'first-failure'
    | 'weak-tag'
    | 'more-cases';
  /** A sentence without a period. */
  readonly text: string;
  /** The command that does it. */
  readonly command?: string;
}

/** What the steps depend on. */
export interface SteppedResult {
  /** As it is passed to the command line; null if it has no name there. */
  readonly path: string | null;
  readonly summary: Summary;
  /** What is wrong on the first model. */
  readonly failures: readonly CaseFailure[];
  readonly missing: readonly MissingGroup[];
  readonly slices: readonly Slice[];
  /** The first model compared with the baseline; null: there is none. */
  readonly comparison: Comparison | null;
}

/** Suggests what to do about a result, the first step first; nothing about a result that needs nothing. */
export function suggestSteps(result: SteppedResult): NextStep[] {
  return [
    ...completeRun(result),
    ...completeBaseline(result),
    ...readFailures(result),
    ...addCases(result),
  ];
}

function* completeRun({ path, summary, missing }: SteppedResult): Generator<NextStep> {
  const { end, totals } = summary;
  const [worst] = missing;
  if (worst?.remedy != null && worst.kind !== null && PERMANENT.has(worst.kind))
    yield { kind: 'remedy', text: worst.remedy.replace(/\.$/, '') };
  if (end !== 'done') {
    yield {
      kind: 'resume',
      text: `${end === 'budget' ? 'Raise the cost limit and continue' : 'Continue'} the run; what is answered is not asked again`,
      ...commandFor(path, '--resume'),
    };
    return;
  }
  const count = totals.jobs.asked - totals.jobs.answered;
  if (count === 0) return;
  yield {
    kind: 'retry-errors',
    text: `Ask again for the ${count === 1 ? 'missing answer' : `${count} missing answers`}`,
    ...commandFor(path, '--retry-errors'),
  };
}

/** Asking again fails again. */
const PERMANENT: ReadonlySet<string> = new Set(['auth', 'quota', 'not-found', 'not-recorded']);

function* completeBaseline({ comparison }: SteppedResult): Generator<NextStep> {
  const missing = comparison?.verdict === 'incomplete' ? comparison.missing.base : 0;
  if (missing === 0) return;
  yield {
    kind: 'run-baseline',
    text: `Run the baseline again: ${missing === 1 ? 'an answer is' : `${missing} answers are`} missing in its run ${comparison?.base ?? ''}`,
  };
}

function* readFailures({ failures, slices }: SteppedResult): Generator<NextStep> {
  const [first] = failures;
  if (first) {
    const which = first.isNew ? 'the first case that passed before' : 'the first failure';
    yield {
      kind: 'first-failure',
      text: `Look at ${which}: ${first.name} (${formatPlace(first)})`,
    };
  }
  const weak = slices.find(isWorse);
  if (weak)
    yield {
      kind: 'weak-tag',
      text: `Look at the tag ${weak.name}: its cases pass less often than the others`,
    };
}

function* addCases({ comparison, summary }: SteppedResult): Generator<NextStep> {
  if (comparison?.verdict !== 'underpowered' && comparison?.verdict !== 'no-evidence') return;
  const { margin } = comparison;
  const needed = requiredSampleSize(margin, TYPICAL_NOISE / summary.run.repeat + margin);
  yield {
    kind: 'more-cases',
    text: `Add cases or repeats: detecting ${formatMagnitude(margin)} points takes about ${needed} cases`,
  };
}

function commandFor(path: string | null, option: string): { command?: string } {
  if (path === null) return {};
  const operand = /^[\w./@~:+-]+$/.test(path) ? path : `"${path.replace(/["\\$`]/g, '\\$&')}"`;
  return { command: `promptsmith eval ${operand} ${option}` };
}
