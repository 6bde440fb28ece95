import { formatDollars } from '#core/models/figures.ts';
import { showInvisible } from '#core/printing/show-invisible.ts';
import type { PastRun } from './history.ts';

/** Characters of an answer next to its row, in UTF-16 units. */
const MAX_INLINE = 60;
/** Characters of each answer and value that can be searched in the history. */
const MAX_EXCERPT = 300;

/** `“Hello, Ada!” · $0.0002 · 420 ms`: an answer next to its golden case. `cost` in USD, null = unknown. */
export function formatInlineAnswer(text: string, cost: number | null, latencyMs: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const excerpt = line.length > MAX_INLINE ? `${line.slice(0, MAX_INLINE - 1)}…` : line;
  const price = cost === null ? 'unknown' : formatDollars(cost);
  return `“${showInvisible(excerpt)}” · ${price} · ${formatSeconds(latencyMs)}`;
}

/** A time in ms or, from one second on, in seconds. */
export function formatSeconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The texts of a run in the history, which its search covers. */
export function describePastRun(
  run: Pick<PastRun, 'case' | 'revision' | 'models' | 'values' | 'answers'>,
): {
  readonly description: string;
  readonly detail: string;
} {
  const values = Object.entries(run.values).map(([name, value]) => `${name}: ${value}`);
  const answers = run.answers.map(({ view, text }) => view.error ?? text);
  return {
    description: [run.case, run.revision, ...run.models].filter(Boolean).join(' · '),
    detail: [...answers, ...values].map(cutExcerpt).join(' · '),
  };
}

/** One line, in which `$(…)` is not an icon. */
function cutExcerpt(text: string): string {
  return text.slice(0, MAX_EXCERPT).replace(/\s+/g, ' ').replaceAll('$(', '$\u200b(');
}

/** What model calls have cost since the window was opened; `cost` in USD without the calls of unknown cost. */
export interface SessionTotal {
  readonly calls: number;
  readonly unknown: number;
  readonly cost: number;
}

/** The status bar item for the cost of this session, with its tooltip. */
export function describeSessionCost({ calls, unknown, cost }: SessionTotal): {
  readonly text: string;
  readonly tooltip: string;
} {
  const sum = formatDollars(cost);
  const all = `Promptsmith spent ${sum} in ${calls} ${calls === 1 ? 'call' : 'calls'} since this window was opened.`;
  const rest = unknown > 0 ? ` The cost of ${unknown} of them is unknown.` : '';
  return {
    text: `$(credit-card) ${sum}${unknown > 0 ? ' + ?' : ''}`,
    tooltip: `${all}${rest}`,
  };
}
