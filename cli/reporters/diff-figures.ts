import type { MeasuredSide, PromptDiff } from '#app/prompt/prompt-diff.ts';
import { formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { formatPercent, formatPercentNumber } from '#core/format-percent.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';

/** A figure of both sides of a diff, ready to print. */
export interface DiffFigure {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** `+38`, `−$0.0004`; '' where a side is unknown. */
  readonly change: string;
}

/** Lists tokens and cost of both sides, then what their evals measured. */
export function listDiffFigures({ tokens, cost, measured }: PromptDiff): DiffFigure[] {
  const figures = [
    compareNumbers('tokens per call', tokens.from, tokens.to, formatCount),
    cost
      ? compareNumbers('cost per call', cost.from, cost.to, formatDollars)
      : { name: 'cost per call', from: 'unknown', to: 'unknown', change: '' },
  ];
  if (measured) figures.push(...listMeasured(measured.from, measured.to));
  return figures;
}

function listMeasured(from: MeasuredSide, to: MeasuredSide): DiffFigure[] {
  const measure = (
    name: string,
    read: (side: MeasuredSide) => number | undefined | null,
    format: (value: number) => string,
  ): DiffFigure[] => {
    const [a, b] = [read(from), read(to)];
    return typeof a === 'number' && typeof b === 'number'
      ? [compareNumbers(name, a, b, format)]
      : [];
  };
  const milliseconds = (value: number) => `${formatCount(value)} ms`;
  return [
    ...comparePassRates(from, to),
    ...measure('measured cost per call', (side) => side.costPerCall, formatDollars),
    ...measure('latency p50', (side) => side.latencyMs?.p50, milliseconds),
    ...measure('latency p95', (side) => side.latencyMs?.p95, milliseconds),
    ...measure('measured input tokens', (side) => side.tokens?.input, formatCount),
    ...measure('measured output tokens', (side) => side.tokens?.output, formatCount),
  ];
}

function comparePassRates(from: MeasuredSide, to: MeasuredSide): DiffFigure[] {
  const [a, b] = [from.passRate, to.passRate];
  if (!a || !b) return [];
  const change = `${formatPoints(b.share - a.share)} points`;
  return [{ name: 'pass rate (95 % CI)', from: describeRate(a), to: describeRate(b), change }];
}

function describeRate({ share, interval, cases }: NonNullable<MeasuredSide['passRate']>): string {
  const [low, high] = interval;
  return `${formatPercent(share)} (${formatPercentNumber(low)} to ${formatPercent(high)}, n = ${cases})`;
}

function compareNumbers(
  name: string,
  from: number,
  to: number,
  format: (value: number) => string,
): DiffFigure {
  const size = format(Math.abs(to - from));
  const isSame = size === format(0);
  const change = isSame ? '±0' : `${to > from ? '+' : '−'}${size}`;
  return { name, from: format(from), to: format(to), change };
}
