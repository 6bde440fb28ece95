import { listModelNames, type ModelId } from './model-id.ts';
import { SCHEDULES } from './retirement-schedules.ts';

/** When a service stops serving a model. */
export interface Retirement {
  /** The day it ends, `2026-10-23`. */
  readonly date: string;
  /** The service whose schedule this is: `openai`, `azure`, `github-models` … */
  readonly service: string;
  /** What the service recommends instead, by its own name there; null when it names nothing. */
  readonly successor: string | null;
  readonly source: string;
  /** The day the source was read. */
  readonly checkedOn: string;
}

/**
 * `retired`: its day has come, and the source was read since. `planned`: its day has come, but the source is older and
 * the day may have moved. `retires`: announced, still to come.
 */
export type RetirementState = 'retired' | 'planned' | 'retires';

export function getRetirementState(
  { date, checkedOn }: Pick<Retirement, 'date' | 'checkedOn'>,
  today: string,
): RetirementState {
  if (date > today) return 'retires';
  return checkedOn >= date ? 'retired' : 'planned';
}

/** GitHub Models itself: every id that names the service. */
export const GITHUB_MODELS: Retirement = {
  date: '2026-07-30',
  service: 'github-models',
  successor: null,
  source: 'https://github.com/orgs/community/discussions/203602',
  checkedOn: '2026-11-21',
};

const BY_SERVICE: ReadonlyMap<string, ReadonlyMap<string, Retirement>> = new Map(
  SCHEDULES.map(({ service, source, checkedOn, rows }) => [
    service,
    new Map(
      rows.flatMap(([date, successor, names]) =>
        names
          .split(/\s+/)
          .filter(Boolean)
          .map((name) => [name, { date, service, successor, source, checkedOn }] as const),
      ),
    ),
  ]),
);

/**
 * When the service that an id names stops serving the model: the host's schedule, without a host the
 * maker's. Null when nothing is announced, and for hosts whose schedules we do not know.
 */
export function findRetirement(id: ModelId): Retirement | null {
  if (id.host === 'github-models') return GITHUB_MODELS;
  // Bedrock and Vertex keep a model not much longer than its maker; their own days are not known here.
  const isMakers = id.host === null || ['custom', 'aws', 'vertex'].includes(id.host);
  const schedule = BY_SERVICE.get((isMakers ? id.publisher : id.host) ?? '');
  for (const name of schedule ? listModelNames(id) : []) {
    const retirement =
      schedule?.get(name) ??
      schedule?.get(name.replace('@', '-')) ??
      schedule?.get(name.replaceAll(/(?<=\d)\.(?=\d)/g, '-'));
    if (retirement) return retirement;
  }
  return null;
}

/**
 * The model to move to: the recommended one, or, where that has been retired too, the one recommended
 * after it. Null when the chain ends with a retired model.
 */
export function findSuccessor(retirement: Retirement, today: string): string | null {
  const schedule = BY_SERVICE.get(retirement.service);
  let { successor } = retirement;
  // Each step leads to a later date; the bound only guards against a slip in the table.
  for (let steps = 0; successor !== null && steps < 10; steps++) {
    const next = schedule?.get(successor);
    if (!next || next.date > today) return successor;
    successor = next.successor;
  }
  return null;
}
