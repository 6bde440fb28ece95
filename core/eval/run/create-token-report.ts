import type { Catalogue } from '../../models/catalogue.ts';
import { priceUsage } from '../../models/cost.ts';
import { buildTokenReport, findTraffic, type TokenReport } from '../../models/token-report.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Settings } from '../../settings.ts';
import type { Counter } from '../../tokens/counter.ts';
import type { PromptCounts } from '../../tokens/counts.ts';
import type { Summary } from '../report/summary.ts';
import { estimateGoldenSet } from './estimate-golden-set.ts';
import { forecastCalls } from './forecast-calls.ts';

/** What is known around a prompt when it is reported. */
export interface ReportFacts {
  /** Null until the price list is loaded. */
  readonly catalogue: Catalogue | null;
  readonly settings: Pick<Settings, 'traffic' | 'eval'>;
  /** From the project root: chooses the traffic entry. */
  readonly path: string;
  /** Stored runs of the prompt, the newest first. */
  readonly runs: readonly Summary[];
  readonly counter: Counter | null;
  /** Of more rows than this, the variants are not counted; default: no limit. */
  readonly maxVariedRows?: number;
}

/** Tokens, context window and cost of a prompt. `prompt` has all its rows, those of test files included. */
export function createTokenReport(
  prompt: PromptDocument,
  counts: PromptCounts,
  { catalogue, settings, path, runs, counter, maxVariedRows }: ReportFacts,
): TokenReport {
  const { judge } = settings.eval;
  const forecast = forecastCalls(prompt, { settings, path, runs, judge });
  return buildTokenReport(prompt, counts, {
    catalogue,
    traffic: findTraffic(settings, path),
    output: forecast.output(prompt.model),
    goldenSet:
      catalogue &&
      estimateGoldenSet(prompt, {
        counts,
        counter,
        maxVariedRows,
        forecast,
        judge,
        repeat: settings.eval.repeat,
        costOf: (id, usage) => priceUsage(usage, catalogue.find(id)?.prices ?? null),
      }),
  });
}
