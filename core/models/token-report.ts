import { matchesGlob } from '../glob.ts';
import type { PromptDocument } from '../prompt/document.ts';
import type { Settings, Traffic } from '../settings.ts';
import type { PromptCounts } from '../tokens/counts.ts';
import type { Figure } from '../tokens/figure.ts';
import type { Catalogue, ModelInfo } from './catalogue.ts';
import { type CostForecast, forecastCost } from './cost.ts';
import { type ExpectedOutput, findOutputLimit } from './expected-output.ts';

/** What is known of a prompt's size and price: one file of `tokens --format json`. */
export interface TokenReport {
  /** As written; null when the file names none. */
  readonly model: string | null;
  readonly encoding: string;
  readonly exact: boolean;
  readonly basis?: string;
  readonly tokens: {
    readonly call: Figure;
    readonly static: number;
    readonly overhead: number;
    readonly cacheablePrefix: number;
    readonly messages: PromptCounts['messages'];
    readonly variables: Readonly<Record<string, Figure>>;
  };
  /** Of the model's window; `share` is the longest call's with what the answer may take, 0 to 1 and above. */
  readonly context: { readonly window: number; readonly share: number } | null;
  /** USD; null when the model's price is unknown. `goldenSet`: one evaluation, judges included. */
  readonly cost: (CostForecast & { readonly goldenSet: number | null }) | null;
  /** Where the prices are from, when there is a cost; those of the settings have no date. */
  readonly prices: { readonly source: string; readonly date: string | null } | null;
}

/** What a report needs besides the prompt and its counts. */
export interface ReportSources {
  /** Null until the price list is loaded. */
  readonly catalogue: Catalogue | null;
  readonly traffic: Traffic | undefined;
  readonly output: ExpectedOutput;
  /** USD of one evaluation; null = unknown, or no golden cases. */
  readonly goldenSet: number | null;
}

/** Puts counts and prices together. */
export function buildTokenReport(
  prompt: Pick<PromptDocument, 'model' | 'parameters'>,
  counts: PromptCounts,
  { catalogue, traffic, output, goldenSet }: ReportSources,
): TokenReport {
  const model = catalogue?.find(prompt.model) ?? null;
  const window = model?.contextWindow ?? null;
  const maxTokens = findOutputLimit(prompt.parameters);
  const cost =
    model &&
    forecastCost(model, {
      input: counts.call,
      output,
      cacheablePrefix: counts.cacheablePrefix,
      maxTokens,
      traffic,
    });
  return {
    model: prompt.model,
    encoding: counts.encoding,
    exact: counts.exact,
    ...(counts.basis === undefined ? {} : { basis: counts.basis }),
    tokens: {
      call: counts.call,
      static: counts.static,
      overhead: counts.overhead,
      cacheablePrefix: counts.cacheablePrefix,
      messages: counts.messages,
      variables: Object.fromEntries(counts.variables),
    },
    context:
      window === null ? null : { window, share: (counts.call.max + (maxTokens ?? 0)) / window },
    cost: cost && { ...cost, goldenSet },
    prices: cost && catalogue ? readPrices(model, catalogue) : null,
  };
}

function readPrices(model: ModelInfo | null, { source, date }: Catalogue): TokenReport['prices'] {
  return model?.prices?.provider === 'settings'
    ? { source: 'settings', date: null }
    : { source, date };
}

/** The first traffic entry that names the file. */
export function findTraffic(
  settings: Pick<Settings, 'traffic'>,
  path: string,
): Traffic | undefined {
  return settings.traffic.find(({ files }) => matchesGlob(path, files));
}
