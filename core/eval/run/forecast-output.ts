import {
  type ExpectedOutput,
  expectOutput,
  findOutputLimit,
} from '../../models/expected-output.ts';
import { findTraffic } from '../../models/token-report.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Settings } from '../../settings.ts';
import { meanOutput } from '../report/mean-output.ts';
import type { Summary } from '../report/summary.ts';

/** What is known of a prompt's answers before a call. */
export interface OutputFacts {
  readonly settings: Pick<Settings, 'traffic'>;
  /** From the project root: chooses the traffic entry. */
  readonly path: string;
  /** Stored runs of the prompt, the newest first. */
  readonly runs: readonly Summary[];
}

/** The expected output of a prompt's calls on a model: every cost estimate asks this function. */
export type OutputForecast = (model: string | null) => ExpectedOutput;

/** The forecast for one prompt. */
export function forecastOutput(
  { parameters }: Pick<PromptDocument, 'parameters'>,
  { settings, path, runs }: OutputFacts,
): OutputForecast {
  const limit = findOutputLimit(parameters);
  const traffic = findTraffic(settings, path)?.outputTokens;
  return (model) => expectOutput({ traffic, earlier: meanOutput(runs, model), limit });
}
