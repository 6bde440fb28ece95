import { computeHashes } from '#core/eval/hashes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { openRunStore, type StoredRun } from '#io/runs/run-store.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { promptIdOf } from '../prompt/prompt-input.ts';

/** The stored runs of a prompt, newest first. */
export async function listRuns(prompt: PromptFile): Promise<StoredRun[]> {
  const input = await openInput(prompt);
  return await openRunStore(input.project.root).list(promptIdOf(input));
}

/** Whether a prompt sends something else now than a stored run sent. */
export async function isRunStale(prompt: PromptFile, run: string): Promise<boolean> {
  const stored = (await listRuns(prompt)).find(({ id }) => id === run);
  return stored?.summary?.run.hashes.prompt !== computeHashes(parsePrompt(prompt.text)).prompt;
}
