import type { Parameters } from '../prompt/document.ts';
import { formatCount } from './figures.ts';

/** The output tokens that a call is expected to have, and where the number is from. */
export interface ExpectedOutput {
  readonly tokens: number;
  /** `traffic` in the settings, the prompt's earlier runs, or nothing better than the default. */
  readonly basis: 'traffic' | 'runs' | 'default';
}

export interface OutputSources {
  /** `outputTokens` of the traffic settings. */
  readonly traffic?: number | undefined;
  /** Mean output of earlier answers of this prompt; null = none. */
  readonly earlier?: number | null;
  /** The prompt's own limit. */
  readonly limit?: number | undefined;
}

const DEFAULT_OUTPUT = 300;

/** The expected output of a call, at most the prompt's own limit. Every cost estimate uses it. */
export function expectOutput({ traffic, earlier, limit }: OutputSources): ExpectedOutput {
  const bounded = (tokens: number) => Math.min(tokens, limit ?? tokens);
  if (traffic !== undefined) return { tokens: bounded(traffic), basis: 'traffic' };
  if (earlier != null) return { tokens: bounded(earlier), basis: 'runs' };
  return { tokens: bounded(DEFAULT_OUTPUT), basis: 'default' };
}

/** The most output tokens that a prompt allows; undefined = no limit. */
export function findOutputLimit(parameters: Parameters): number | undefined {
  return parameters.maxCompletionTokens ?? parameters.maxTokens;
}

/** `45 tokens of answer, the mean of earlier runs`. */
export function describeExpectedOutput({ tokens, basis }: ExpectedOutput): string {
  const answer = `${formatCount(tokens)} ${Math.round(tokens) === 1 ? 'token' : 'tokens'} of answer`;
  switch (basis) {
    case 'traffic':
      return `${answer}, from \`traffic\``;
    case 'runs':
      return `${answer}, the mean of earlier runs`;
    case 'default':
      return `${answer}, assumed`;
    default:
      return basis satisfies never;
  }
}
