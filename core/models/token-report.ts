import { matchesGlob } from '../glob.ts';
import type { PromptDocument } from '../prompt/document.ts';
import type { Settings, Traffic } from '../settings.ts';
import type { PromptCounts } from '../tokens/counts.ts';
import type { Figure } from '../tokens/figure.ts';
import type { Catalogue, ModelInfo } from './catalogue.ts';
import { type CostForecast, forecastCost } from './cost.ts';

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
  /** USD; null when the model's price is unknown. */
  readonly cost: CostForecast | null;
  /** Where the prices are from, when there is a cost. */
  readonly prices: { readonly source: string; readonly date: string } | null;
}

/** Puts counts and prices together. `path` from the project root chooses the traffic entry. */
export function buildTokenReport(
  prompt: PromptDocument,
  counts: PromptCounts,
  catalogue: Catalogue | null,
  settings: Settings,
  path: string,
): TokenReport {
  const model = catalogue?.find(prompt.model) ?? null;
  const window = model?.contextWindow ?? null;
  const maxTokens = prompt.parameters.maxCompletionTokens ?? prompt.parameters.maxTokens;
  const traffic = findTraffic(settings, path);
  const cases = counts.cases.length === counts.rows ? counts.cases.map((c) => c.tokens) : [];
  const cost =
    model &&
    forecastCost(model, {
      input: counts.call,
      cacheablePrefix: counts.cacheablePrefix,
      ...(maxTokens === undefined ? {} : { maxTokens }),
      ...(traffic ? { traffic } : {}),
      ...(cases.length > 0 ? { cases } : {}),
      ...(settings.eval.repeat === undefined ? {} : { repeat: settings.eval.repeat }),
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
    cost,
    prices: cost && catalogue ? readPrices(model, catalogue) : null,
  };
}

function readPrices(model: ModelInfo | null, { source, date }: Catalogue): TokenReport['prices'] {
  return { source: model?.prices?.provider === 'settings' ? 'settings' : source, date };
}

/** The first traffic entry that names the file. */
export function findTraffic(settings: Settings, path: string): Traffic | undefined {
  return settings.traffic.find(({ files }) => matchesGlob(path, files));
}
