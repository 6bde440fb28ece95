import type { OutputCount } from './count-outputs.ts';
import type { Summary } from './summary.ts';

/** So many of a prompt's newest runs are read for what is known of its answers. */
export const MAX_RUNS_READ = 5;
/** Runs count until they have this many answers: a run of one case says little about the others. */
const ENOUGH_ANSWERS = 20;

/**
 * The mean output tokens of the answers of stored runs, the newest first: of this model where it has
 * answered, else of any. Null without answers whose tokens are known. Recordings do not count.
 */
export function meanOutput(runs: readonly Summary[], model: string | null): number | null {
  const counts = runs.filter(({ run }) => !run.replay).map(readOutputs);
  const own = model === null ? [] : counts.map((outputs) => pick(outputs, [model]));
  return average(own) ?? average(counts.map((outputs) => pick(outputs, Object.keys(outputs))));
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

function pick(outputs: Readonly<Record<string, OutputCount>>, models: readonly string[]) {
  const sum = { answers: 0, tokens: 0 };
  for (const model of models) {
    const { answers = 0, tokens = 0 } = Object.hasOwn(outputs, model) ? (outputs[model] ?? {}) : {};
    sum.answers += answers;
    sum.tokens += tokens;
  }
  return sum;
}

function average(counts: readonly OutputCount[]): number | null {
  const sum = { answers: 0, tokens: 0 };
  for (const { answers, tokens } of counts) {
    if (sum.answers >= ENOUGH_ANSWERS) break;
    sum.answers += answers;
    sum.tokens += tokens;
  }
  const mean = sum.tokens / sum.answers;
  return sum.answers > 0 && Number.isFinite(mean) && mean >= 0 ? mean : null;
}
