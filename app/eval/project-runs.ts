import { hashPrompt } from '#core/eval/hashes.ts';
import { openRunStore, type StoredRun } from '#io/runs/run-store.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { promptIdOf } from '../prompt/prompt-input.ts';
import { findOpenContinuation } from './continue-run.ts';
import type { Continuation } from './find-continuation.ts';

/** The stored runs of a prompt, newest first. */
export async function listRuns(prompt: PromptFile): Promise<StoredRun[]> {
  const input = await openInput(prompt);
  return await openRunStore(input.project.root).list(promptIdOf(input));
}

/** What a stored run still says about its prompt. */
export interface RunState {
  /** The prompt sends something else now. */
  readonly isStale: boolean;
  /** How the run can go on with the prompt as it is; null if it cannot. */
  readonly continuation: Continuation | null;
}

/** Compares a stored run with its prompt as it is now. */
export async function readRunState(prompt: PromptFile, run: string): Promise<RunState> {
  const input = await openInput(prompt);
  const runs = await openRunStore(input.project.root).list(promptIdOf(input));
  const summary = runs.find(({ id }) => id === run)?.summary;
  if (!summary) return { isStale: true, continuation: null };
  return {
    isStale: summary.run.hashes.prompt !== hashPrompt(input.prompt),
    continuation: findOpenContinuation(input, summary),
  };
}
