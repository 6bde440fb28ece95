import { matchesGlob } from '#core/glob.ts';
import type { ModelInfo } from '#core/models/catalogue.ts';
import { type CostForecast, forecastCost } from '#core/models/cost.ts';
import type { Traffic } from '#core/settings.ts';
import type { PromptCounts } from '#core/tokens/counts.ts';
import type { Figure } from '#core/tokens/figure.ts';
import type { Input } from './inputs.ts';
import type { PromptKnowledge } from './knowledge.ts';
import { pathFrom } from './project.ts';
import type { Terminal } from './terminal.ts';

/** A prompt with its tokens and, where the prices are known, its cost. */
export interface Measured {
  readonly path: string;
  readonly prompt: Input['prompt'];
  readonly counts: PromptCounts;
  readonly model: ModelInfo | null;
  /** The share of the window that the largest call takes, with what the answer may take; 0 to 1 and above. */
  readonly context: { readonly window: number; readonly share: number } | null;
  readonly cost: (CostForecast & { readonly inputCall: Figure }) | null;
  readonly traffic: Traffic | null;
  readonly prices: { readonly source: string; readonly date: string } | null;
}

/** Counts and prices prompts; what is no prompt file is left out. */
export async function measure(
  inputs: readonly Input[],
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

async function measureOne(input: Input, knowledge: PromptKnowledge): Promise<Measured> {
  const { prompt, path, settings, file, project } = input;
  const { models, counts, model } = await knowledge.of(input);
  const inProject = file === null ? path : pathFrom(project.root, file);
  const traffic = settings.traffic.find(({ files }) => matchesGlob(inProject, files)) ?? null;
  const maxTokens = prompt.parameters.maxCompletionTokens ?? prompt.parameters.maxTokens;
  const question = {
    input: counts.call,
    cacheablePrefix: counts.cacheablePrefix,
    cases: counts.cases.map(({ tokens }) => tokens),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
  const cost = model && forecastCost(model, { ...question, ...(traffic ? { traffic } : {}) });
  const inputOnly = model && forecastCost(model, { input: counts.call });
  const window = model?.contextWindow ?? null;
  return {
    path,
    prompt,
    counts,
    model,
    context:
      window === null ? null : { window, share: (counts.call.max + (maxTokens ?? 0)) / window },
    cost: cost && inputOnly ? { ...cost, inputCall: inputOnly.call } : null,
    traffic,
    prices:
      cost && model?.prices
        ? {
            source: model.prices.provider === 'settings' ? 'settings' : models.source,
            date: models.date,
          }
        : null,
  };
}
