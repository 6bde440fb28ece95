import { describeConnection, isOtherConnection, listConnections } from '#core/eval/connections.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { countLeftOut } from './find-continuation.ts';

/** What a stored run has to be resumed with: a run that mixes two evals would pass as a whole one. */
type Planned = Pick<Plan, 'models' | 'repeat' | 'seed' | 'leftOut'> &
  Pick<RunHeader, 'shard' | 'replay'> & {
    /** True if models will be called for what is left. */
    readonly asks: boolean;
  };

/**
 * Finds why a stored run cannot be resumed with these options, as a clause that follows its id; null if it
 * can.
 */
export function findResumeProblem(header: RunHeader, planned: Planned): string | null {
  const { shard, repeat, seed, models } = header;
  if (shard !== planned.shard)
    return shard === undefined
      ? 'is not a shard: omit --shard'
      : `is shard ${shard}: pass --shard ${shard}`;
  const wanted = planned.models.map(({ id }) => id);
  if (models.toSorted().join() !== wanted.toSorted().join())
    return `runs on ${models.join(', ')}, not on ${wanted.join(', ')}: pass ${models.map((id) => `--model ${id}`).join(' ')}`;
  if (repeat !== planned.repeat)
    return `has ${repeat} ${repeat === 1 ? 'repeat' : 'repeats'} of each case, not ${planned.repeat}: pass --repeat ${repeat}`;
  if (seed !== planned.seed)
    return `has the seed ${seed}, not ${planned.seed}: pass --seed ${seed}`;
  if (planned.replay && !header.replay)
    return 'is not a replay, and recorded answers are not those of its models: omit --replay';
  const now = planned.asks ? listConnections(planned.models) : {};
  for (const [id, connection] of Object.entries(now)) {
    const begun = header.connections?.[id];
    if (begun && isOtherConnection(begun, connection))
      return `called ${id} through ${describeConnection(begun)}; now it would be ${describeConnection(connection)}: restore the provider’s settings, or start a new run`;
  }
  if (countLeftOut(header) > 0) return null;
  if (planned.leftOut.filter > 0) return 'runs all cases: omit --filter';
  return header.leftOut?.holdout === 0 && planned.leftOut.holdout > 0
    ? 'includes the holdout cases: pass --holdout'
    : null;
}
