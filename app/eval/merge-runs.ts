import { createRunId } from '#core/eval/ids.ts';
import { Report } from '#core/eval/report/report.ts';
import type { EndReason, RunEvent, RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import { type RunStore, readStoredRuns } from '#io/runs/run-store.ts';

/** A stored run of one shard. */
interface Part {
  readonly header: RunHeader;
  readonly end: EndReason | null;
  /** It stopped early because its verdict was certain. */
  readonly isEarly: boolean;
}

/**
 * Merges the runs of all shards of an eval (`--shard 1/3`, `2/3`, `3/3`) into a new run, which is stored
 * beside them. Throws UserError when they are not shards of one eval, or when one is missing.
 */
export async function mergeRuns(
  store: RunStore,
  runs: readonly Pick<RunHeader, 'promptId' | 'id'>[],
  now: Date,
  random: number,
): Promise<RunHeader> {
  const parts: Part[] = [];
  for (const run of runs) parts.push(await readPart(store, run));
  parts.sort((a, b) => parseShard(a.header).index - parseShard(b.header).index);
  const [first] = parts;
  if (!first) throw new UserError('no runs: pass the ids of the runs of all shards.');
  checkParts(parts);
  const headers = parts.map(({ header }) => header);
  const { shard: _, expectedCost: __, ...whole } = first.header;
  const header: RunHeader = {
    ...whole,
    id: createRunId(now, random),
    mergedFrom: headers.map(({ id }) => id),
    origins: [...new Set(headers.flatMap(({ origins }) => origins))],
    at: headers.map(({ at }) => at).sort()[0] ?? first.header.at,
    cases: headers.reduce((sum, { cases }) => sum + cases, 0),
    ...sumExpected(headers),
    // Together the shards leave out nothing but what the eval as a whole left out.
    ...joinLeftOut(headers),
  };
  const cut = parts.find(({ end }) => end !== 'done');
  // A shard that was killed cannot be resumed in the merged run, just like one that was cancelled.
  const reason = cut ? (cut.end ?? 'cancelled') : 'done';
  const isEarly = parts.some((part) => part.isEarly);
  const writer = await store.create(header);
  const events = joinEvents(store, headers, header, { reason, isEarly });
  for await (const _event of readStoredRuns(events, writer, new Report()));
  return header;
}

/** Together the shards leave out nothing but what any of them left out besides the others. */
function joinLeftOut(headers: readonly RunHeader[]): Pick<RunHeader, 'leftOut'> {
  const known = headers.flatMap(({ leftOut }) => leftOut ?? []);
  if (known.length < headers.length) return {};
  const most = (part: 'only' | 'filter' | 'holdout'): number =>
    Math.max(...known.map((one) => one[part]));
  return {
    leftOut: { only: most('only'), filter: most('filter'), holdout: most('holdout'), shard: 0 },
  };
}

/** The events of all parts, each of which ends before the next one goes on: only its own time counts. */
async function* joinEvents(
  store: RunStore,
  parts: readonly RunHeader[],
  header: RunHeader,
  { reason, isEarly }: { readonly reason: EndReason; readonly isEarly: boolean },
): AsyncGenerator<RunEvent> {
  yield { t: 'start', v: 2, run: header };
  let last = header.at;
  for (const { promptId, id } of parts) {
    for await (const event of store.events(promptId, id)) {
      if (event.t === 'start') yield { t: 'resume', at: event.run.at };
      else yield event;
      if (event.t === 'start') last = event.run.at;
      else if ('at' in event) last = event.at;
    }
  }
  const early = isEarly && reason === 'done' ? { early: true as const } : {};
  yield { t: 'end', reason, at: last, ...early };
}

/** What the parts together were expected to cost, if each of them says it. */
function sumExpected(parts: readonly RunHeader[]): Pick<RunHeader, 'expectedCost'> {
  const costs = parts.flatMap(({ expectedCost }) => expectedCost ?? []);
  if (costs.length < parts.length) return {};
  return { expectedCost: costs.reduce((sum, cost) => sum + cost, 0) };
}

async function readPart(
  store: RunStore,
  { promptId, id }: Pick<RunHeader, 'promptId' | 'id'>,
): Promise<Part> {
  const held = store.heldBy(promptId, id);
  if (held !== null) throw new UserError(`${held}.`);
  let header: RunHeader | null = null;
  let end: EndReason | null = null;
  let isEarly = false;
  for await (const event of store.events(promptId, id)) {
    if (event.t === 'start') header = event.run;
    end = event.t === 'end' ? event.reason : null;
    isEarly = event.t === 'end' && (event.early ?? false);
  }
  if (!header) throw new UserError(`${id} has no start event: run its shard again.`);
  return { header, end, isEarly };
}

function checkParts(parts: readonly Part[]): void {
  const [first, ...others] = parts.map(({ header }) => header);
  if (!first) return;
  for (const other of others) {
    const differs = findDifference(first, other);
    if (differs)
      throw new UserError(
        `${first.id} and ${other.id} are not shards of one eval: ${differs} differ.`,
      );
  }
  const { of } = parseShard(first);
  const found = parts.map(({ header }) => parseShard(header).index);
  for (let index = 1; index <= of; index++) {
    const count = found.filter((one) => one === index).length;
    if (count === 0) throw new UserError(`shard ${index}/${of} is missing: pass its run, too.`);
    if (count > 1)
      throw new UserError(`shard ${index}/${of} occurs ${count} times: pass one run of it.`);
  }
}

function findDifference(one: RunHeader, other: RunHeader): string | null {
  for (const part of ['prompt', 'data', 'checks'] as const)
    if (one.hashes[part] !== other.hashes[part]) return NAMES[part];
  const fixed = ({ promptId, models, repeat, seed, judge, replay, shard }: RunHeader): string =>
    JSON.stringify([promptId, models, repeat, seed, judge, replay, shard?.split('/')[1]]);
  return fixed(one) === fixed(other) ? null : 'their models, repeats, seed or number of shards';
}

const NAMES = {
  prompt: 'their prompts',
  data: 'their test rows',
  checks: 'their evaluators',
} as const;

function parseShard({ id, shard }: RunHeader): { index: number; of: number } {
  const [index, of] = (shard ?? '').split('/').map(Number);
  if (!index || !of) throw new UserError(`${id} is not a shard: it was run without --shard.`);
  return { index, of };
}
