import { formatPercent } from '../../format-percent.ts';
import { formatDollars } from '../../models/figures.ts';
import { html } from '../../printing/html.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { formatPassRate } from '../report/describe-result.ts';
import type { ModelReport } from '../report/rank-models.ts';
import type { PassRate } from '../report/summary.ts';
import { showInHtml } from './show-in-html.ts';

/** A pass rate on the scale from 0 to 100 %, with its interval; `limit` is the required one. */
export function drawPassRate(
  { value, low, high }: PassRate,
  tone: string,
  limit: number | null,
): SafeText<'html'> {
  const x = (share: number): number => round(10 + share * 580);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      html`<line class="tick" x1="${x(share)}" y1="38" x2="${x(share)}" y2="44"/><text class="${showInHtml(share === 0 ? 'start' : share === 1 ? 'end' : 'middle')}" x="${share === 0 ? 4 : share === 1 ? 596 : x(share)}" y="58">${percent(share)}</text>`,
  );
  const required =
    limit === null
      ? html``
      : html`<line class="limit" x1="${x(limit)}" y1="15" x2="${x(limit)}" y2="44"/><text class="middle quiet" x="${Math.min(540, Math.max(60, x(limit)))}" y="11">required ${percent(limit)}</text>`;
  const label = `Pass rate ${formatPassRate({ value, low, high })}${limit === null ? '' : `; required: ${formatPercent(limit)}`}`;
  return html`<svg class="rate ${showInHtml(tone)}" viewBox="0 0 600 62" width="600" height="62" role="img" aria-label="${showInHtml(label)}">
<line class="axis" x1="10" y1="41" x2="590" y2="41"/>${joinSafe(ticks)}
<rect class="interval" x="${x(low)}" y="24" width="${round(Math.max(2, x(high) - x(low)))}" height="10" rx="2"/>
${required}<circle class="value" cx="${x(value)}" cy="29" r="6"/>
</svg>`;
}

/** A point of the plot, in its coordinates. */
interface Mark {
  readonly model: ModelReport;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const FRAME = { left: 56, right: 690, top: 28, bottom: 250 } as const;

/** Quality over cost of several models with both 95 % intervals; nothing unless two have both figures. */
export function drawParetoPlot(models: readonly ModelReport[]): SafeText<'html'> {
  const known = models.filter(
    ({ passRate, callCost }) => passRate && callCost && callCost.mean > 0,
  );
  if (known.length < 2) return html``;
  const costs = known.flatMap(({ callCost }) => {
    const { mean = 0, interval } = callCost ?? {};
    // On a logarithmic scale nothing is at 0.
    return [mean, Math.max(interval?.low ?? mean, mean / 4), interval?.high ?? mean];
  });
  const [least, most] = [Math.min(...costs) / 1.15, Math.max(...costs) * 1.15];
  const rates = known.flatMap(({ passRate }) => [passRate?.low ?? 0, passRate?.high ?? 1]);
  const floor = Math.max(0, Math.floor((Math.min(...rates) - 0.02) * 10) / 10);
  const scaleX = (cost: number): number =>
    FRAME.left +
    ((Math.log(Math.max(cost, least)) - Math.log(least)) / (Math.log(most) - Math.log(least))) *
      (FRAME.right - FRAME.left);
  const scaleY = (rate: number): number =>
    FRAME.bottom - ((rate - floor) / (1 - floor)) * (FRAME.bottom - FRAME.top);
  const marks = known.map((model): Mark => {
    const { value = 0, low = 0, high = 1 } = model.passRate ?? {};
    const { mean = 0, interval } = model.callCost ?? {};
    return {
      model,
      x: scaleX(mean),
      y: scaleY(value),
      left: scaleX(interval?.low ?? mean),
      right: scaleX(interval?.high ?? mean),
      top: scaleY(high),
      bottom: scaleY(low),
    };
  });
  return html`<figure><svg class="pareto" viewBox="0 0 720 300" width="720" height="300" role="img" aria-label="Pass rate over cost per call of ${known.length} models; the table has the figures">
${drawRateAxis(floor, scaleY)}${drawCostAxis(least, most, scaleX)}
${drawFrontier(marks)}${joinSafe(marks.map(drawMark))}${drawLabels(marks)}
</svg><figcaption>Pass rate over cost per call with 95 % intervals, cost on a logarithmic scale. Filled: Pareto-optimal.</figcaption></figure>`;
}

function drawRateAxis(floor: number, scale: (rate: number) => number): SafeText<'html'> {
  const step = floor >= 0.7 ? 0.05 : floor >= 0.4 ? 0.1 : 0.2;
  const count = Math.round((1 - floor) / step);
  const shares = Array.from({ length: count + 1 }, (_, i) => 1 - i * step).filter(
    (share) => share >= floor - 1e-9,
  );
  return joinSafe(
    shares.map((share) => {
      const y = round(scale(share));
      return html`<line class="grid" x1="${FRAME.left}" y1="${y}" x2="${FRAME.right}" y2="${y}"/><text class="end" x="${FRAME.left - 6}" y="${y + 4}">${percent(Math.round(share * 100) / 100)}</text>`;
    }),
  );
}

/** Ticks at 1, 2 and 5 of each power of ten, or at both ends where none of them is inside. */
function drawCostAxis(
  least: number,
  most: number,
  scale: (cost: number) => number,
): SafeText<'html'> {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++)
    for (const digit of [1, 2, 5]) {
      const cost = digit * 10 ** power;
      if (cost >= least && cost <= most) ticks.push(cost);
    }
  const shown = ticks.length >= 2 ? ticks : [least, most];
  const base = html`<line class="axis" x1="${FRAME.left}" y1="${FRAME.bottom}" x2="${FRAME.right}" y2="${FRAME.bottom}"/>`;
  return joinSafe([
    base,
    ...shown.map((cost) => {
      const x = round(scale(cost));
      return html`<line class="tick" x1="${x}" y1="${FRAME.bottom}" x2="${x}" y2="${FRAME.bottom + 5}"/><text class="middle" x="${x}" y="${FRAME.bottom + 20}">${showInHtml(formatDollars(cost))}</text>`;
    }),
    html`<text class="middle quiet" x="${(FRAME.left + FRAME.right) / 2}" y="294">cost per call</text>`,
  ]);
}

function drawFrontier(marks: readonly Mark[]): SafeText<'html'> {
  const best = marks
    .filter(({ model }) => model.isParetoOptimal)
    .sort((a, b) => a.x - b.x)
    .map(({ x, y }) => `${round(x)},${round(y)}`);
  return best.length < 2
    ? html``
    : html`<polyline class="frontier" points="${showInHtml(best.join(' '))}"/>`;
}

function drawMark({ model, x, y, left, right, top, bottom }: Mark): SafeText<'html'> {
  const kind = model.isParetoOptimal ? html`best` : html`other`;
  return html`<line class="whisker" x1="${round(left)}" y1="${round(y)}" x2="${round(right)}" y2="${round(y)}"/><line class="whisker" x1="${round(x)}" y1="${round(top)}" x2="${round(x)}" y2="${round(bottom)}"/><circle class="${kind}" cx="${round(x)}" cy="${round(y)}" r="6"/>`;
}

/** The names beside their points, apart from each other. */
function drawLabels(marks: readonly Mark[]): SafeText<'html'> {
  const placed: { y: number; isLeft: boolean }[] = [];
  const labels = [...marks]
    .sort((a, b) => a.y - b.y)
    .map(({ model, x, y }) => {
      const isLeft = x > (FRAME.left + FRAME.right) / 2;
      let at = y - 9;
      for (const other of placed)
        if (other.isLeft === isLeft && at - other.y < 15) at = other.y + 15;
      placed.push({ y: at, isLeft });
      const side = isLeft ? html`end` : html`start`;
      return html`<text class="${side}" x="${round(isLeft ? x - 10 : x + 10)}" y="${round(at)}">${showInHtml(shorten(model.model))}</text>`;
    });
  return joinSafe(labels);
}

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}

function percent(share: number): SafeText<'html'> {
  return showInHtml(formatPercent(share));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
