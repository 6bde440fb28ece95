import { adjustComparisons } from '#core/eval/compare/adjust-comparisons.ts';
import { compareModels, compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison, RunResults } from '#core/eval/compare/comparison.ts';
import type { Hashes } from '#core/eval/hashes.ts';
import { judgeAcceptance } from '#core/eval/report/acceptance.ts';
import { concludeRun } from '#core/eval/report/conclude-run.ts';
import { type Policy, resolvePolicy } from '#core/registry/policy.ts';
import { judgePromotion } from '#core/registry/promote.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { exitCode } from '../../cli/eval-exit.ts';
import type { GoldenSet } from './lossy-runs.ts';
import { recordOf, sampleBundle } from './registry.ts';

/** What is asked about runs: the baseline, the runs compared with it, and the limits. */
export interface Asked {
  readonly set: GoldenSet;
  readonly base: AttachedEval;
  /** Each is a prompt of its own; all of them are judged together. */
  readonly candidates: readonly AttachedEval[];
  /** Another run of the first candidate, which a gate takes together with it. */
  readonly again: AttachedEval | null;
  readonly margin: number;
  readonly maxCostFactor: number | null;
}

/** Answers by question; null = undecided. */
export type Answers = ReadonlyMap<string, string | number | boolean | null>;

/** Asks everything that a run can decide. Missing answers may leave any of it undecided. */
export function askAll({ set, base, candidates, again, margin, maxCostFactor }: Asked): Answers {
  const answers = new Map<string, string | number | boolean | null>();
  const compared = candidates.map((run) => {
    const found = compareRuns(resultsOf(base), resultsOf(run), { margin });
    if ('error' in found) throw new Error(found.error);
    return found;
  });
  const all = adjustComparisons(compared.flat());
  for (const [i, run] of candidates.entries()) {
    const own = compared[i] ?? [];
    for (const [what, list] of [
      ['baseline', own],
      ['models', compareModels(resultsOf(run), { margin })],
    ] as const)
      for (const one of list) addComparison(answers, `${i} ${what} ${one.model ?? ''}`, one);
    const acceptance = judgeAcceptance(
      set.document.acceptance,
      run,
      run.cases.filter((one) => (one.model ?? run.run.models[0]) === run.run.models[0]),
      new Set(set.plan.cases.flatMap(({ id, must }) => (must ? [id] : []))),
    );
    for (const part of acceptance.parts)
      answers.set(
        `${i} acceptance ${part.name} ${part.case ?? ''}`,
        part.undecided ? null : part.met,
      );
    answers.set(`${i} acceptance`, acceptance.met);
    const conclusion = concludeRun(run, acceptance, 1);
    answers.set(`${i} conclusion`, conclusion.kind === 'undecided' ? null : conclusion.kind);
    for (const failOn of ['any', 'regression', 'inferior'] as const) {
      const judged = { comparisons: own, outcome: { summary: run, conclusion } };
      const code = exitCode([judged], failOn, false);
      answers.set(`${i} exit ${failOn}`, code === 2 ? null : code);
    }
    for (const preset of ['no-regression', 'non-inferior'] as const) {
      const runs = again && i === 0 ? [run, again] : [run];
      const isOpen = opens({ set, base, margin, maxCostFactor }, runs, preset);
      answers.set(`${i} gate ${preset}`, isOpen ? true : null);
    }
  }
  for (const [i, one] of all.entries()) addComparison(answers, `together ${i}`, one);
  return answers;
}

/** The answers that a completion contradicts, as sentences; `no-evidence` and `underpowered` are one verdict. */
export function findContradictions(lossy: Answers, complete: Answers): string[] {
  return [...lossy].flatMap(([question, answer]) => {
    if (answer === null) return [];
    const other = complete.get(question);
    return other === answer ? [] : [`${question}: ${answer}, complete: ${other}`];
  });
}

function addComparison(
  answers: Map<string, string | number | boolean | null>,
  name: string,
  { verdict, regression, nonInferior }: Comparison,
): void {
  const joined = verdict === 'underpowered' ? 'no-evidence' : verdict;
  answers.set(`${name} verdict`, joined === 'incomplete' ? null : joined);
  answers.set(`${name} regression`, regression);
  answers.set(`${name} nonInferior`, nonInferior);
}

function resultsOf({ run, cases }: AttachedEval): RunResults {
  return { run, cases };
}

function opens(
  { set, base, margin, maxCostFactor }: Omit<Asked, 'candidates' | 'again'>,
  runs: readonly AttachedEval[],
  gate: Policy['gate'],
): boolean {
  const { document, plan } = set;
  const gated = (version: string, attached: readonly AttachedEval[], hashes: Hashes) => ({
    version: { ...recordOf(sampleBundle('x'), version, null), hashes },
    prompt: { document, rows: document.rows },
    runs: attached,
  });
  // The label's version has another text.
  const before = { ...plan.hashes, prompt: `sha256:${'1'.repeat(64)}` as const };
  const moved = { ...base, run: { ...base.run, hashes: before } };
  const policy = { ...resolvePolicy('production', { promotion: {} }), maxErrorRate: 1 };
  return judgePromotion({
    name: 'team/say',
    policy: { ...policy, gate, maxCostFactor },
    candidate: gated('1.1.0', runs, plan.hashes),
    base: gated('1.0.0', [moved], before),
    findings: [],
    moves: [],
    people: [],
    now: Date.parse('2026-11-28T00:00:00Z'),
    margin,
  }).passed;
}
