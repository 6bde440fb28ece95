import type { RunHeader } from '#core/eval/run-event.ts';
import { openRunStore, type RunStore, type StoredRun } from '#io/runs/run-store.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import type { EvalOptions, ResumeRequest } from './eval-options.ts';

/**
 * The options of an eval that resumes a stored run: its models and repeats are those of the run, unless the
 * user chose others. All others are as given.
 */
export async function adoptRun(input: PromptInput, options: EvalOptions): Promise<EvalOptions> {
  const { resume, repeat, models = [], candidates = false } = options;
  if (!resume) return options;
  const store = openRunStore(input.project.root);
  const runs = await store.list(promptIdOf(input)).catch(() => []);
  const run = findResumable(runs, resume);
  const header = run && (await readHeader(store, run));
  if (!header) return options;
  // The file's own model needs no name.
  const isOwn = header.models.length === 1 && header.models[0] === input.prompt.model;
  const isChosen = models.length > 0 || candidates;
  return {
    ...options,
    ...(isChosen || isOwn ? {} : { models: header.models }),
    repeat: repeat ?? header.repeat,
  };
}

/** The run that is resumed: the one that is named, else the newest that is not complete. */
export function findResumable(
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
