import type { RunHeader } from '#core/eval/run-event.ts';
import type { RunStore, StoredRun } from '#io/runs/run-store.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import type { EvalOptions, ResumeRequest } from './eval-options.ts';

/**
 * The options of an eval that resumes a stored run, with the id of the run: its models, repeats and seed are
 * those of the run, unless the user chose others, and it is a replay if the run is one. All others are as
 * given.
 */
export async function adoptRun(
  input: PromptInput,
  options: EvalOptions,
  store: RunStore,
): Promise<EvalOptions> {
  const { resume, repeat, seed, models = [], candidates = false } = options;
  if (!resume) return options;
  const runs = await store.list(promptIdOf(input)).catch(() => []);
  const run = findResumable(runs, resume);
  if (!run) return options;
  const found = { ...options, resume: { ...resume, run: run.id } };
  const header = await readHeader(store, run);
  if (!header) return found;
  // The file's own model needs no name.
  const isOwn = header.models.length === 1 && header.models[0] === input.prompt.model;
  const isChosen = models.length > 0 || candidates;
  return {
    ...found,
    ...(isChosen || isOwn ? {} : { models: header.models }),
    repeat: repeat ?? header.repeat,
    seed: seed ?? header.seed,
    replay: options.replay || header.replay,
  };
}

/** The run that is resumed: the one that is named, else the newest that is not complete. */
function findResumable(
  runs: readonly StoredRun[],
  { run: wanted, rescore = false, retryErrors = false }: ResumeRequest,
): StoredRun | undefined {
  return runs.find(({ id, summary }) =>
    wanted === undefined ? rescore || retryErrors || summary?.end !== 'done' : id === wanted,
  );
}

/** Null for a run that cannot be read. */
async function readHeader(
  store: RunStore,
  { promptId, id, summary }: StoredRun,
): Promise<RunHeader | null> {
  if (summary) return summary.run;
  try {
    for await (const event of store.events(promptId, id)) if (event.t === 'start') return event.run;
  } catch {
    // Whoever resumes it reports why.
  }
  return null;
}
