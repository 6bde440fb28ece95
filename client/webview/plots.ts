import type { ResultRow, VerdictView } from '../results/messages.ts';
import { computeChange } from './result-rows.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 560;
const EDGE = 40;
/** The height of the longest bar. */
const BAR = 36;

/** The difference with its interval on a scale of points, the margin as a band around zero. */
export function createIntervalPlot({ delta, interval, margin, text }: VerdictView): SVGElement {
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
    svg('line', { class: 'interval', x1: x(low), x2: x(high), y1: y, y2: y }),
    svg('line', { class: 'interval', x1: x(low), x2: x(low), y1: y - 6, y2: y + 6 }),
    svg('line', { class: 'interval', x1: x(high), x2: x(high), y1: y - 6, y2: y + 6 }),
    svg('circle', { class: 'delta', cx: x(delta), cy: y, r: 5 }),
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

function plot(height: number, name: string, parts: readonly SVGElement[]): SVGElement {
  const made = svg('svg', {
    class: 'plot',
    role: 'img',
    'aria-label': name,
    viewBox: `0 0 ${WIDTH} ${height}`,
  });
  made.append(...parts);
  return made;
}

function label(x: number, y: number, text: string, anchor = 'middle'): SVGElement {
  const made = svg('text', { x, y, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

function formatPoints(share: number): string {
  const points = Math.round(share * 100);
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}

function svg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
