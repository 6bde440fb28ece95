import { assessRun, type RunProblem } from './assess-run.ts';
import { countUnasked } from './conclude-run.ts';
import type { Summary } from './summary.ts';

/** What a stored run is fit for, as far as it can be known without the prompt as it is now. */
export interface RunFitness {
  /** It may be the last result of its prompt. */
  readonly result: readonly RunProblem[];
  /** Another run may be compared with it. */
  readonly baseline: readonly RunProblem[];
  /** It is fit for both and left nothing out, so that it can also be evidence for a promotion. */
  readonly isWhole: boolean;
}

/** Assesses a stored run on the prompt's own model. `maxErrorRate` is a share from 0 to 1. */
export function assessFitness(run: Summary, maxErrorRate: number): RunFitness {
  const { model } = run.run;
  const result = assessRun('result', run, {
    maxErrorRate,
    ...(model === undefined ? {} : { model }),
  });
  const baseline = assessRun('baseline', run, { maxErrorRate });
  const { leftOut } = run.run;
  const isFit = result.length === 0 && baseline.length === 0;
  return { result, baseline, isWhole: isFit && leftOut !== undefined && leftOut.holdout === 0 };
}

/** The fitness of a run in a few words: `whole`, `result, baseline`, `16 of 24 missing`, `shard 1/3`. */
export function describeFitness(run: Summary, fitness: RunFitness): string {
  const { result, baseline, isWhole } = fitness;
  if (isWhole) return 'whole';
  const uses = [
    ...(result.length === 0 ? ['result'] : []),
    ...(baseline.length === 0 ? ['baseline'] : []),
  ];
  if (uses.length > 0) return uses.join(', ');
  const [problem] = [...result.filter(({ code }) => code !== 'other-model'), ...baseline];
  return problem ? shorten(problem, run) : '';
}

/** A problem of a run in two words. */
function shorten({ code, text }: RunProblem, run: Summary): string {
  switch (code) {
    case 'unfinished':
      return run.end === null ? 'interrupted' : ENDS[run.end];
    case 'partial':
      return describePart(run);
    case 'stopped-early':
      return 'stopped early';
    case 'inconclusive':
      return describeMissing(run);
    case 'no-checks':
      return 'no checks';
    case 'other-prompt':
    case 'other-data':
    case 'other-checks':
    case 'other-model':
    case 'evidence':
    case 'old-answers':
      return text;
    default:
      return code satisfies never;
  }
}

const ENDS = {
  done: 'finished',
  cancelled: 'canceled',
  budget: 'cost limit',
  failed: 'failed',
} as const;

function describePart(summary: Summary): string {
  const { shard, leftOut, allowMissing, cases } = summary.run;
  if (allowMissing) return 'values missing';
  if (shard !== undefined) return `shard ${shard}`;
  const unasked = countUnasked(summary);
  if (unasked > 0) return `${unasked} of ${cases} unasked`;
  if (!leftOut) return 'cases unknown';
  if (leftOut.filter > 0) return 'filtered';
  if (leftOut.only > 0) return '`only` cases';
  return leftOut.shard > 0 ? 'a shard' : 'repeats missing';
}

function describeMissing({ totals: { jobs } }: Summary): string {
  return `${jobs.asked - jobs.answered} of ${jobs.asked} missing`;
}
