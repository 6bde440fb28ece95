import type { OutputCount } from './count-outputs.ts';
import type { Summary } from './summary.ts';

/** So many of a prompt's newest runs are read for what is known of its answers. */
export const MAX_RUNS_READ = 5;
/** Runs count until they have this many answers, or calls of judges: a run of one case says little about the others. */
const ENOUGH = 20;

/**
 * The mean output tokens of the answers of stored runs, the newest first: of this model where it has
 * answered, else of any. Null without answers whose tokens are known. Recordings do not count.
 */
export function meanOutput(runs: readonly Summary[], model: string | null): number | null {
  const counts = runs.filter(({ run }) => !run.replay).map(readOutputs);
  const own = model === null ? [] : counts.map((outputs) => pick(outputs, [model]));
  return average(own) ?? average(counts.map((outputs) => pick(outputs, Object.keys(outputs))));
}

/**
 * The mean cost of a judge's call in stored runs, the newest first, in USD. Null without calls that were paid.
 * Runs with another default judge do not count.
 */
export function meanJudgeCost(runs: readonly Summary[], judge: string | undefined): number | null {
  const counts = runs
    .filter(({ run }) => !run.replay && run.judge === judge)
    .map(({ totals }) => ({ n: totals?.judges?.calls ?? 0, sum: totals?.judges?.cost ?? 0 }));
  return average(counts);
}

function readOutputs({ run, totals, outputs }: Summary): Readonly<Record<string, OutputCount>> {
  if (outputs) return outputs;
  // Runs of older versions have totals only; a file that was edited by hand may lack even those.
  const [only, ...others] = run.models ?? [];
  const answers = (totals?.passed + totals?.failed + totals?.noChecks) * run.repeat;
  const tokens = totals?.tokens?.output;
  return only !== undefined && others.length === 0 && answers > 0 && tokens > 0
    ? { [only]: { answers, tokens } }
    : {};
}

/** So many observations, and their sum. */
interface Sample {
  readonly n: number;
  readonly sum: number;
}

function pick(outputs: Readonly<Record<string, OutputCount>>, models: readonly string[]): Sample {
  const known = models.flatMap((model) =>
    Object.hasOwn(outputs, model) ? (outputs[model] ?? []) : [],
  );
  return {
    n: known.reduce((n, { answers }) => n + answers, 0),
    sum: known.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

/** The mean over the first samples that are enough together; null without any. */
function average(samples: readonly Sample[]): number | null {
  let [n, sum] = [0, 0];
  for (const sample of samples) {
    if (n >= ENOUGH) break;
    n += sample.n;
    sum += sample.sum;
  }
  const mean = sum / n;
  return n > 0 && Number.isFinite(mean) && mean >= 0 ? mean : null;
}
