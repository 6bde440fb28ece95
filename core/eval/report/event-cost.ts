import type { Usage } from '../model.ts';
import type { RunEvent } from '../run-event.ts';

/** What a run spent between two of its events. */
export interface EventCost {
  /** Calls of the model under test, and judges that were paid. */
  readonly calls: number;
  /** USD of the calls whose cost is known; what the provider charged where that is more than our figure. */
  readonly usd: number;
  /** Calls whose cost is unknown. */
  readonly unknown: number;
}

/** USD that count as spent on a call: our figure, or what the provider charged where that is more; null = unknown. */
export function combineCosts(cost: number | null, usage: Usage | null | undefined): number | null {
  const charged = usage?.charged;
  return cost === null ? (charged ?? null) : Math.max(cost, charged ?? 0);
}

const NOTHING: EventCost = { calls: 0, usd: 0, unknown: 0 };

/** What the event of a run that calls models was paid for; nothing for stored and recorded answers. */
export function readEventCost(event: RunEvent): EventCost {
  switch (event.t) {
    case 'answer': {
      const { cached, attempts, cost, answer, broken = 0 } = event;
      if (cached || attempts === 0) return NOTHING;
      const spent = combineCosts(cost, answer?.usage);
      const unknown = broken + (spent === null ? 1 : 0);
      return { calls: attempts, usd: spent ?? 0, unknown };
    }
    case 'score': {
      const costs = event.results.map(({ cost }) => cost);
      const known = costs.filter((cost) => cost !== null);
      return {
        calls: costs.filter((cost) => cost !== 0).length,
        usd: known.reduce((sum, cost) => sum + cost, 0),
        unknown: costs.length - known.length + (event.broken ?? 0),
      };
    }
    case 'start':
    case 'resume':
    case 'end':
      return NOTHING;
    default:
      return event satisfies never;
  }
}
