import type { ModelReport } from '#core/eval/report/rank-models.ts';
import { formatPercent } from '#core/format-percent.ts';
import { formatDollars } from '#core/models/figures.ts';
import { label, plot, svg } from './svg.ts';

const FRAME = { left: 56, right: 540, top: 14, bottom: 196 };
const HEIGHT = 236;

/** A model with both of its figures. */
interface Point {
  readonly name: string;
  readonly rate: Range;
  readonly cost: Range;
  readonly isOptimal: boolean;
}

interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Pass rate over cost per call, each with its 95 % interval; the cost is on a logarithmic scale. Null unless
 * two models have both figures.
 */
export function createParetoPlot(models: readonly ModelReport[]): SVGElement | null {
  const points = models.flatMap(locate);
  if (points.length < 2) return null;
  const low = Math.min(...points.map(({ cost }) => cost.low)) / 1.2;
  const high = Math.max(...points.map(({ cost }) => cost.high)) * 1.2;
  const floor = Math.max(0, Math.floor(Math.min(...points.map(({ rate }) => rate.low)) * 10) / 10);
  const x = (cost: number): number =>
    FRAME.left + (Math.log(cost / low) / Math.log(high / low)) * (FRAME.right - FRAME.left);
  const y = (rate: number): number =>
    FRAME.bottom - ((rate - floor) / (1 - floor || 1)) * (FRAME.bottom - FRAME.top);
  const said = points
    .map(
      ({ name, rate, cost }) =>
        `${name} ${formatPercent(rate.value)} for ${formatDollars(cost.value)}`,
    )
    .join(', ');
  return plot(HEIGHT, `Pass rate over cost per call: ${said}`, [
    ...drawRates(floor, y),
    ...drawCosts(low, high, x),
    ...points.flatMap((point) => drawPoint(point, x, y)),
    ...drawNames(points, x, y),
  ]);
}

function locate({ model, passRate, callCost, isParetoOptimal }: ModelReport): Point[] {
  if (!passRate || !callCost || callCost.mean <= 0) return [];
  const { mean, interval = { low: mean, high: mean } } = callCost;
  // On a logarithmic scale nothing is at 0.
  const cost = { value: mean, low: Math.max(interval.low, mean / 4), high: interval.high };
  return [{ name: model, rate: passRate, cost, isOptimal: isParetoOptimal ?? false }];
}

function* drawRates(floor: number, y: (rate: number) => number): Generator<SVGElement> {
  const step = floor >= 0.8 ? 0.05 : floor >= 0.5 ? 0.1 : 0.25;
  for (let i = 0; 1 - i * step >= floor - 1e-9; i++) {
    const rate = 1 - i * step;
    const at = y(rate);
    yield svg('line', { class: 'tick', x1: FRAME.left, x2: FRAME.right, y1: at, y2: at });
    yield label(FRAME.left - 8, at + 4, formatPercent(rate), 'end');
  }
}

function* drawCosts(low: number, high: number, x: (cost: number) => number): Generator<SVGElement> {
  yield svg('line', {
    class: 'zero',
    x1: FRAME.left,
    x2: FRAME.right,
    y1: FRAME.bottom,
    y2: FRAME.bottom,
  });
  const from = Math.floor(Math.log10(low));
  const factors = high / low > 300 ? [1] : high / low > 10 ? [1, 3] : [1, 2, 5];
  for (let power = from; power <= Math.ceil(Math.log10(high)); power++)
    for (const factor of factors) {
      const cost = factor * 10 ** power;
      if (cost < low || cost > high) continue;
      yield svg('line', {
        class: 'zero',
        x1: x(cost),
        x2: x(cost),
        y1: FRAME.bottom,
        y2: FRAME.bottom + 4,
      });
      yield label(x(cost), FRAME.bottom + 18, formatDollars(cost));
    }
  yield label((FRAME.left + FRAME.right) / 2, HEIGHT - 4, 'Cost per call');
}

function drawPoint(
  { rate, cost, isOptimal }: Point,
  x: (cost: number) => number,
  y: (rate: number) => number,
): SVGElement[] {
  const [cx, cy] = [x(cost.value), y(rate.value)];
  return [
    svg('line', { class: 'interval thin', x1: cx, x2: cx, y1: y(rate.low), y2: y(rate.high) }),
    svg('line', { class: 'interval thin', x1: x(cost.low), x2: x(cost.high), y1: cy, y2: cy }),
    svg('circle', { class: isOptimal ? 'delta' : 'delta hollow', cx, cy, r: 5 }),
  ];
}

/** Names beside their points, moved down where they would lie on each other. */
function* drawNames(
  points: readonly Point[],
  x: (cost: number) => number,
  y: (rate: number) => number,
): Generator<SVGElement> {
  const middle = (FRAME.left + FRAME.right) / 2;
  const placed: { readonly x: number; readonly y: number }[] = [];
  for (const { name, rate, cost } of points) {
    const at = x(cost.value);
    let line = y(rate.value) - 9;
    if (line < 12) line = y(rate.value) + 18;
    while (placed.some((one) => Math.abs(one.x - at) < 130 && Math.abs(one.y - line) < 13))
      line += 14;
    placed.push({ x: at, y: line });
    const isLeft = at < middle;
    yield label(at + (isLeft ? 9 : -9), line, name, isLeft ? 'start' : 'end');
  }
}
