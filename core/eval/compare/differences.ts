import type { RequestChange } from '../../models/request-change.ts';
import { describeConnection, isOtherConnection } from '../connections.ts';
import type { Hashes } from '../hashes.ts';
import type { Connection } from '../model.ts';
import type { RunHeader } from '../run-event.ts';

/** The settings of a run, with the models that answered. */
export type RunMade = Pick<
  RunHeader,
  'hashes' | 'models' | 'origins' | 'judge' | 'repeat' | 'tool' | 'replay'
> & {
  /** The model ids that the providers reported (`gpt-4o-2024-08-06`); empty if unknown. */
  readonly servedBy?: readonly string[];
  /** What of the prompt was not sent as it stands; absent if unknown. */
  readonly changes?: readonly RequestChange[];
  /** How the model is called; absent if unknown. */
  readonly connection?: Connection;
};

/** A difference between two runs that may explain different results. */
export interface Difference {
  readonly what:
    | 'prompt'
    | 'model'
    | 'snapshot'
    | 'provider'
    | 'connection'
    | 'request'
    | 'rows'
    | 'evaluators'
    | 'judge'
    | 'repeats'
    | 'recordings'
    | 'version';
  /** The old and new value, if they are short. */
  readonly base?: string;
  readonly candidate?: string;
}

/** Finds the differences between two runs, the most likely cause first (see docs/evals.md). */
export function findDifferences(base: RunMade, candidate: RunMade): Difference[] {
  const found: Difference[] = [];
  const hash = (what: Difference['what'], part: keyof Hashes) => {
    if (base.hashes[part] !== candidate.hashes[part]) found.push({ what });
  };
  const value = (what: Difference['what'], from: string, to: string) => {
    if (from !== to) found.push({ what, base: from, candidate: to });
  };
  hash('prompt', 'prompt');
  value('model', list(base.models), list(candidate.models));
  if (base.servedBy?.length && candidate.servedBy?.length)
    value('snapshot', list(base.servedBy), list(candidate.servedBy));
  value('provider', list(base.origins), list(candidate.origins));
  found.push(...compareConnections(base, candidate));
  // Older versions did not store it.
  if (base.tool === candidate.tool && base.changes && candidate.changes)
    value('request', describeRequest(base.changes), describeRequest(candidate.changes));
  hash('rows', 'data');
  hash('evaluators', 'checks');
  value('judge', base.judge ?? 'none', candidate.judge ?? 'none');
  value('repeats', String(base.repeat), String(candidate.repeat));
  value('recordings', answers(base.replay), answers(candidate.replay));
  value('version', base.tool, candidate.tool);
  return found;
}

/** A change of the provider has been said: then its address is no other one. */
function compareConnections(base: RunMade, candidate: RunMade): Difference[] {
  if (!base.connection || !candidate.connection) return [];
  const isElsewhere = list(base.origins) !== list(candidate.origins);
  const [from, to] = [base.connection, candidate.connection].map((connection) =>
    isElsewhere ? { ...connection, address: '' } : connection,
  ) as [Connection, Connection];
  if (!isOtherConnection(from, to)) return [];
  const [was, is] = [describeConnection(from), describeConnection(to)];
  return [{ what: 'connection', ...(was === is ? {} : { base: was, candidate: is }) }];
}

/** True if nothing that a user controls differs, so that the model or its provider changed. */
export function isUnchanged(found: readonly Difference[]): boolean {
  return found.every(({ what }) => what === 'snapshot' || what === 'repeats' || what === 'version');
}

/** `the prompt, the model (openai/gpt-4o, was openai/gpt-4o-mini)`; '' if nothing differs. */
export function describeDifferences(found: readonly Difference[]): string {
  return found
    .map(({ what, base, candidate }) =>
      candidate === undefined ? NAMES[what] : `${NAMES[what]} (${candidate}, was ${base})`,
    )
    .join(', ');
}

const NAMES: Readonly<Record<Difference['what'], string>> = {
  prompt: 'the prompt or its parameters',
  model: 'the model',
  snapshot: 'the model snapshot',
  provider: 'the provider',
  connection: 'how it is called',
  request: 'what is sent of the prompt',
  rows: 'the test rows',
  evaluators: 'the evaluators',
  judge: 'the judge',
  repeats: 'the repeats',
  recordings: 'the source of the answers',
  version: 'the version of Promptsmith',
};

function list(names: readonly string[]): string {
  return [...new Set(names)].sort().join(' + ');
}

/** `without seed, other maxTokens`. What goes under another name changes nothing. */
function describeRequest(changes: readonly RequestChange[]): string {
  const parts = changes.flatMap(({ key, effect }) =>
    effect === 'renamed' ? [] : [effect === 'left-out' ? `without ${key}` : `other ${key}`],
  );
  return parts.length === 0 ? 'as written' : list(parts).replaceAll(' + ', ', ');
}

function answers(replay: boolean): string {
  return replay ? 'recordings' : 'the model';
}
