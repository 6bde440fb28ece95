import type { Summary } from '#core/eval/report/summary.ts';
import { formatDollars } from '#core/models/figures.ts';

/** What a run cost: `cost $0.04`, `cost unknown`, `nothing spent (recordings)`. */
export function describeCost({ run, totals }: Pick<Summary, 'run' | 'totals'>): string {
  if (run.replay) return 'nothing spent (recordings)';
  return totals.cost === null ? 'cost unknown' : `cost ${formatDollars(totals.cost)}`;
}
