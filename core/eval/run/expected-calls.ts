import type { Figure } from '../../tokens/figure.ts';

/** Input and output tokens of a call that has not been made. */
export interface ExpectedCall {
  readonly input: number;
  readonly output: Figure;
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

/** A call of a judge that reads an answer of this length. */
export function expectJudgeCall(expectedAnswer: number): ExpectedCall {
  return { input: JUDGE_INPUT + expectedAnswer, output: JUDGE_OUTPUT };
}
