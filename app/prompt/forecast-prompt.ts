import { MAX_RUNS_READ } from '#core/eval/report/mean-output.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { createTokenReport } from '#core/eval/run/create-token-report.ts';
import { type CallForecast, forecastCalls } from '#core/eval/run/forecast-calls.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { type PromptInput, pathInProject, promptIdOf } from './prompt-input.ts';
import type { PromptFacts } from './prompt-knowledge.ts';

/** What a prompt's calls are expected to be, from the traffic settings, its stored runs and its limit. */
export async function readCallForecast(
  input: PromptInput,
  judge: string | undefined = input.settings.eval.judge,
): Promise<CallForecast> {
  const { prompt, settings } = input;
  const path = pathInProject(input);
  const runs = await readNewestRuns(input);
  return forecastCalls(prompt, { settings, path, runs, judge });
}

/** Tokens, context window and expected cost of a prompt. */
export async function reportPrompt(input: PromptInput, facts: PromptFacts): Promise<TokenReport> {
  const { whole, counts, counter, models } = facts;
  return createTokenReport(whole, counts, {
    catalogue: models,
    settings: input.settings,
    path: pathInProject(input),
    runs: await readNewestRuns(input),
    counter,
  });
}

/** An estimate does not fail because runs cannot be read. */
async function readNewestRuns(input: PromptInput): Promise<readonly Summary[]> {
  const store = openRunStore(input.project.root);
  return await store.newest(promptIdOf(input), MAX_RUNS_READ).catch(() => []);
}
