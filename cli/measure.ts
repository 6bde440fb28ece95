import { reportPrompt } from '#app/prompt/forecast-prompt.ts';
import { type PromptInput, pathInProject } from '#app/prompt/prompt-input.ts';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import type { ModelInfo } from '#core/models/catalogue.ts';
import { priceInputs } from '#core/models/cost.ts';
import { findTraffic, type TokenReport } from '#core/models/token-report.ts';
import type { Traffic } from '#core/settings.ts';
import type { PromptCounts } from '#core/tokens/counts.ts';
import type { Figure } from '#core/tokens/figure.ts';
import type { Terminal } from './terminal.ts';

/** A prompt with its tokens and, if the prices are known, its cost. */
export interface Measured {
  readonly path: string;
  readonly prompt: PromptInput['prompt'];
  readonly counts: PromptCounts;
  readonly model: ModelInfo | null;
  readonly report: TokenReport;
  /** USD per call of the input alone; null = unknown. */
  readonly inputCost: Figure | null;
  readonly traffic: Traffic | null;
}

/** Counts and prices prompts; files that are not prompts are skipped. */
export async function measure(
  inputs: readonly PromptInput[],
  knowledge: PromptKnowledge,
  terminal: Terminal,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [i, input] of inputs.entries()) {
    terminal.status(`counting ${i + 1} of ${inputs.length}: ${input.path}`);
    if (input.prompt.kind === 'prompt') measured.push(await measureOne(input, knowledge));
  }
  terminal.status('');
  return measured;
}

/** Counts and prices one prompt. */
export async function measureOne(
  input: PromptInput,
  knowledge: PromptKnowledge,
): Promise<Measured> {
  const { prompt, path, settings } = input;
  const facts = await knowledge.gather(input);
  const { counts, model } = facts;
  return {
    path,
    prompt,
    counts,
    model,
    report: await reportPrompt(input, facts),
    inputCost: priceInputs(counts.call, 0, model?.prices ?? null),
    traffic: findTraffic(settings, pathInProject(input)) ?? null,
  };
}
