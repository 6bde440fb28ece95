import { sha256Hex } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { Row } from '../prompt/document.ts';
import { type Json, toJson } from '../prompt/node.ts';

/**
 * The registry's name of a prompt: its `id`, else its path from the project root without
 * `.prompt.yaml|yml`; a bare `.prompt.yml` takes its folder. shapes.md §2.
 */
export function derivePromptId(pathFromRoot: string, id: string | null): string {
  if (id !== null && slug(id) !== '') return slug(id);
  const path = pathFromRoot.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
  return slug(path.replace(/\/?\.prompt\.ya?ml$/i, '')) || 'prompt';
}

/** `20261121T093000Z-1a2b3c`: sorts by time, of which three digits behind the dash are milliseconds. `random` in [0, 1). */
export function createRunId(at: Date, random: number): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const hex = (value: number) => value.toString(16).padStart(3, '0');
  return `${time}-${hex(at.getUTCMilliseconds())}${hex(Math.floor(random * 0x1000))}`;
}

/** When a run began, in milliseconds since the epoch, from its id; NaN for what is none. */
export function parseRunTime(id: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(id) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/**
 * Case ids in file order: the row's name, else 12 hex of the hash of its values, so that they survive
 * reordering. A repeated id gets `~2`, `~3`.
 */
export function assignCaseIds(rows: readonly Row[]): string[] {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const base = row.meta.name?.trim() || sha256Hex(canonicalJson(rowToJson(row))).slice(0, 12);
    let n = counts.get(base) ?? 1;
    let id = n === 1 ? base : `${base}~${n}`;
    while (used.has(id)) id = `${base}~${++n}`;
    counts.set(base, n + 1);
    used.add(id);
    return id;
  });
}

/** A row's values as JSON, without `$case`. */
export function rowToJson(row: Row): Record<string, Json> {
  const values: Record<string, Json> = Object.create(null);
  for (const { name, node } of row.values.values()) values[name] = toJson(node);
  return values;
}

/** The parts of a job id. */
export interface JobKey {
  readonly case: string;
  readonly model: string;
  /** Counts from 0. */
  readonly repeat: number;
}

export function formatJobId({ case: id, model, repeat }: JobKey): string {
  return `${id}|${model}|${repeat}`;
}

/** Reads a job id back. Case names may hold `|`, model ids do not. Null when it is none. */
export function parseJobId(job: string): JobKey | null {
  const match = /^(.*)\|([^|]*)\|(\d+)$/s.exec(job);
  if (!match) return null;
  const [, id = '', model = '', repeat = '0'] = match;
  return { case: id, model, repeat: Number(repeat) };
}

/** Safe as a path: no segment is empty or made of dots alone. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .split('/')
    .map((part) => part.replace(/^-+|(?<!-)-+$/g, ''))
    .filter((part) => !/^\.*$/.test(part))
    .join('/');
}
