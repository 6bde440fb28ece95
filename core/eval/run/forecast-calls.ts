import {
  type ExpectedOutput,
  expectOutput,
  findOutputLimit,
} from '../../models/expected-output.ts';
import { findTraffic } from '../../models/token-report.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Settings } from '../../settings.ts';
import { meanJudgeCost, meanOutput } from '../report/mean-output.ts';
import type { Summary } from '../report/summary.ts';

/** What is known of a prompt's calls before they are made. */
export interface CallFacts {
  readonly settings: Pick<Settings, 'traffic'>;
  /** From the project root: chooses the traffic entry. */
  readonly path: string;
  /** Stored runs of the prompt, the newest first. */
  readonly runs: readonly Summary[];
  /** The default judge. */
  readonly judge: string | undefined;
}

/** What the calls of a prompt are expected to be: every cost estimate asks it. */
export interface CallForecast {
  /** The output of an answer of this model. */
  readonly output: (model: string | null) => ExpectedOutput;
  /** USD of a judge's call, the mean of earlier runs; null = none is known. */
  readonly judgeCost: number | null;
}

/** The forecast for one prompt. */
export function forecastCalls(
  { parameters }: Pick<PromptDocument, 'parameters'>,
  { settings, path, runs, judge }: CallFacts,
): CallForecast {
  const limit = findOutputLimit(parameters);
  const traffic = findTraffic(settings, path)?.outputTokens;
  return {
    output: (model) => expectOutput({ traffic, earlier: meanOutput(runs, model), limit }),
    judgeCost: meanJudgeCost(runs, judge),
  };
}
