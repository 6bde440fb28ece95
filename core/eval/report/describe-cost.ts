import { formatCount, formatDollars } from '../../models/figures.ts';
import type { Summary } from './summary.ts';

type Run = Pick<Summary, 'run' | 'totals'>;

/**
 * What a run cost, what it was expected to cost and what the provider says it charged: `cost $0.04`, `cost ≥
 * $0.04 + 2 calls unknown`, `cost unknown`, `nothing spent (recordings)`. `withEach`: also per passed case.
 */
export function describeCost({ run, totals }: Run, withEach = false): string {
  if (run.replay) return 'nothing spent (recordings)';
  const expected =
    run.expectedCost === undefined || run.expectedCost === 0
      ? ''
      : `, ≈ ${formatDollars(run.expectedCost)} expected`;
  const charged =
    totals.charged === undefined
      ? ''
      : `, ${formatDollars(totals.charged)} charged by the provider`;
  const judges =
    totals.judges === undefined || totals.cost === null
      ? ''
      : ` (${formatDollars(totals.judges.cost)} for judges)`;
  const each = withEach ? describeEach(totals) : '';
  return `cost ${describeSpent(totals)}${judges}${each}${expected}${charged}`;
}

function describeEach({ cost, unknownCalls, passed }: Run['totals']): string {
  if (cost === null || cost === 0 || unknownCalls > 0 || passed === 0) return '';
  return `, ${formatDollars(cost / passed)} per passed case`;
}

function describeSpent({ cost, unknownCalls }: Run['totals']): string {
  const broken = `${formatCount(unknownCalls)} ${unknownCalls === 1 ? 'call' : 'calls'}`;
  if (cost === null) return 'unknown';
  if (unknownCalls === 0) return formatDollars(cost);
  // A call that broke off may be billed: its cost is unknown, not $0.
  return cost === 0
    ? `unknown (${broken} broke off)`
    : `≥ ${formatDollars(cost)} + ${broken} unknown`;
}

/** The tokens of a run's answers: `4,684 tokens in, 1,993 out`. Answers without usage are never 0 tokens. */
export function describeAnswerTokens({
  tokens,
  unknownCalls,
}: Pick<Run['totals'], 'tokens' | 'unknownCalls'>): string {
  const { input, output, unknown } = tokens;
  if (input + output === 0 && unknown + unknownCalls > 0) return 'unknown tokens in and out';
  if (unknown === 0) return `${formatCount(input)} tokens in, ${formatCount(output)} out`;
  const rest = `${formatCount(unknown)} ${unknown === 1 ? 'answer' : 'answers'} unknown`;
  return `≥ ${formatCount(input)} tokens in, ≥ ${formatCount(output)} out + ${rest}`;
}
