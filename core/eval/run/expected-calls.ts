import type { Figure } from '../../tokens/figure.ts';
import type { Usage } from '../model.ts';

/** A call that has not been made, in tokens. */
export interface ExpectedCall {
  readonly input: number;
  readonly output: Figure;
  /** USD, where it is known better than by its tokens. */
  readonly cost?: number;
}

/** The longest answer of a prompt without a limit, as a multiple of the expected one. */
const MAX_OUTPUT_FACTOR = 4;
/** Tokens of a judge besides the answer: its instructions and a short reply. */
const JUDGE_INPUT = 300;
const JUDGE_OUTPUT: Figure = { min: 1, median: 60, max: 300 };

/** A call of the model under test. `limit` is the prompt's own, in tokens. */
export function expectAnswerCall(
  input: number,
  expected: number,
  limit: number | undefined,
): ExpectedCall {
  const most = Math.max(expected, limit ?? MAX_OUTPUT_FACTOR * expected);
  return { input, output: { min: Math.min(1, expected), median: expected, max: most } };
}

/** A call of a judge that reads an answer of this length; `cost` is the mean of earlier ones in USD, if known. */
export function expectJudgeCall(expectedAnswer: number, cost: number | null): ExpectedCall {
  const call = { input: JUDGE_INPUT + expectedAnswer, output: JUDGE_OUTPUT };
  return cost === null ? call : { ...call, cost };
}

/** USD of a call at its least, expected and most; null where the price is unknown. */
export function priceCall(
  { input, output, cost }: ExpectedCall,
  priceOf: (usage: Usage) => number | null,
): Figure | null {
  const price = (tokens: number) => priceOf({ input, output: tokens });
  const [min, median, max] = [price(output.min), price(output.median), price(output.max)];
  if (min === null || median === null || max === null) return null;
  if (cost === undefined) return { min, median, max };
  return { min: Math.min(min, cost), median: cost, max: Math.max(max, cost) };
}
