import type { Comparison } from '#core/eval/compare/comparison.ts';
import type { PassRate } from '#core/eval/report/summary.ts';
import { formatPercent } from '#core/format-percent.ts';
import type { ResultRow } from '../results/messages.ts';
import { computeChange } from './result-rows.ts';
import { label, plot, svg, WIDTH } from './svg.ts';

const EDGE = 40;
/** The height of the longest bar. */
const BAR = 36;

/** The difference with its interval on a scale of points, the margin as a band around zero. */
export function createIntervalPlot({
  delta,
  interval,
  margin,
  text,
}: Pick<Comparison, 'delta' | 'interval' | 'margin'> & { readonly text: string }): SVGElement {
  const [low, high] = interval;
  const reach = Math.min(1, Math.max(0.1, margin * 1.5, Math.abs(low), Math.abs(high)) * 1.1);
  const x = (share: number) => EDGE + ((share + reach) / (2 * reach)) * (WIDTH - 2 * EDGE);
  const height = 74;
  const step = reach > 0.4 ? 0.2 : reach > 0.15 ? 0.1 : 0.05;
  const ticks: SVGElement[] = [];
  for (let i = Math.ceil(-reach / step); i * step <= reach; i++) {
    const at = x(i * step);
    ticks.push(
      svg('line', { class: i === 0 ? 'zero' : 'tick', x1: at, x2: at, y1: 8, y2: height - 22 }),
      label(at, height - 8, formatPoints(i * step)),
    );
  }
  const y = 30;
  return plot(height, `Difference in pass rate with 95 % CI, in percentage points: ${text}`, [
    svg('rect', {
      class: 'margin',
      x: x(-margin),
      y: 8,
      width: x(margin) - x(-margin),
      height: height - 30,
    }),
    ...ticks,
    ...drawInterval(x(low), x(high), y),
    svg('circle', { class: 'delta', cx: x(delta), cy: y, r: 5 }),
  ]);
}

/** A pass rate with its interval on a scale from 0 to 100 %, and the rate that is required. */
export function createPassRatePlot(
  { value, low, high }: PassRate,
  required: number | null,
): SVGElement {
  const height = 60;
  const y = 22;
  const x = (share: number) => EDGE + share * (WIDTH - 2 * EDGE);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    svg('line', { class: 'tick', x1: x(share), x2: x(share), y1: 8, y2: height - 22 }),
    label(x(share), height - 8, formatPercent(share)),
  ]);
  const name = `Pass rate ${formatPercent(value)}, 95 % CI ${formatPercent(low)} to ${formatPercent(high)}${required === null ? '' : `, required: ${formatPercent(required)}`}`;
  return plot(height, name, [
    ...ticks,
    ...(required === null
      ? []
      : [
          svg('line', {
            class: 'required',
            x1: x(required),
            x2: x(required),
            y1: 2,
            y2: height - 20,
          }),
        ]),
    ...drawInterval(x(low), x(high), y),
    svg('circle', { class: 'delta', cx: x(value), cy: y, r: 5 }),
  ]);
}

/** A bar for each case that changed, the worst first; many cases share a bar's place. Null: none did. */
export function createDifferencesPlot(rows: readonly ResultRow[]): SVGElement | null {
  const changes = rows
    .map(computeChange)
    .filter((change): change is number => change !== null && change !== 0)
    .sort((a, b) => a - b);
  if (changes.length === 0) return null;
  // Room above the line for what got better, below it for what got worse.
  const [up, down] = [Math.max(0, changes.at(-1) ?? 0), Math.max(0, -(changes[0] ?? 0))];
  const middle = 6 + BAR * up;
  const height = middle + BAR * down + 22;
  const room = WIDTH - 2 * EDGE;
  const shown = sampleEvenly(changes, Math.floor(room / 3));
  const step = Math.min(16, room / shown.length);
  const bars = shown.map((change, i) =>
    svg('rect', {
      class: change < 0 ? 'worse' : 'better',
      x: EDGE + i * step,
      y: change < 0 ? middle : middle - BAR * change,
      // Many bars close up: gaps as wide as they are would look like a pattern.
      width: step > 5 ? step - 2 : step,
      height: BAR * Math.abs(change),
    }),
  );
  const worse = changes.filter((change) => change < 0).length;
  const said = `${worse} worse, ${changes.length - worse} better`;
  return plot(height, `Changed cases, worst first: ${said}`, [
    ...bars,
    svg('line', { class: 'zero', x1: EDGE, x2: WIDTH - EDGE, y1: middle, y2: middle }),
    label(EDGE, height - 4, said, 'start'),
  ]);
}

/** A rate with its interval, as wide as a cell of a table. */
export function createRatePlot(rate: number, low: number, high: number): SVGElement {
  const x = (share: number) => 4 + share * 112;
  const made = svg('svg', {
    class: 'rate',
    viewBox: '0 0 120 14',
    width: 120,
    height: 14,
    'aria-hidden': 'true',
  });
  made.append(
    svg('line', { class: 'tick', x1: x(0), x2: x(1), y1: 7, y2: 7 }),
    svg('line', { class: 'interval', x1: x(low), x2: x(high), y1: 7, y2: 7 }),
    svg('circle', { class: 'delta', cx: x(rate), cy: 7, r: 3.5 }),
  );
  return made;
}

/** At most `most` values that represent all of them. */
function sampleEvenly(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from(
    { length: most },
    (_, i) => values[Math.floor(((i + 0.5) * values.length) / most)] ?? 0,
  );
}

function drawInterval(low: number, high: number, y: number): SVGElement[] {
  return [
    svg('line', { class: 'interval', x1: low, x2: high, y1: y, y2: y }),
    svg('line', { class: 'interval', x1: low, x2: low, y1: y - 6, y2: y + 6 }),
    svg('line', { class: 'interval', x1: high, x2: high, y1: y - 6, y2: y + 6 }),
  ];
}

function formatPoints(share: number): string {
  const points = Math.round(share * 100);
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}
