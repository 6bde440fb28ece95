import { sha256Hex } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { Row } from '../prompt/document.ts';
import { type Json, toJson } from '../prompt/node.ts';

/**
 * Derives the registry's name of a prompt: its `id`, else its path from the project root without
 * `.prompt.yaml` or `.prompt.yml`. A file named `.prompt.yml` gets the name of its folder.
 */
export function derivePromptId(pathFromRoot: string, id: string | null): string {
  if (id !== null && slug(id) !== '') return slug(id);
  const path = pathFromRoot.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
  return slug(path.replace(/\/?\.prompt\.ya?ml$/i, '')) || 'prompt';
}

/**
 * Creates a run id, `20261121T093000Z-1a2b3c`. Ids sort by time: the three digits after the dash are
 * milliseconds. `random` is in [0, 1).
 */
export function createRunId(at: Date, random: number): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const hex = (value: number) => value.toString(16).padStart(3, '0');
  return `${time}-${hex(at.getUTCMilliseconds())}${hex(Math.floor(random * 0x1000))}`;
}

/** The start of a run in milliseconds since the epoch, from its id; NaN if it is not a run id. */
export function parseRunTime(id: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(id) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/**
 * Assigns case ids in file order: the row's name, else 12 hex digits of the hash of its values, so that ids
 * survive reordering. A repeated id gets `~2`, `~3`.
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

/** Parses a job id; null if it is not one. Case names may contain `|`, model ids do not. */
export function parseJobId(job: string): JobKey | null {
  const match = /^(.*)\|([^|]*)\|(\d+)$/s.exec(job);
  if (!match) return null;
  const [, id = '', model = '', repeat = '0'] = match;
  return { case: id, model, repeat: Number(repeat) };
}

/** Makes a text safe as a path: no segment is empty or consists only of dots. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .split('/')
    .map((part) => part.replace(/^-+|(?<!-)-+$/g, ''))
    .filter((part) => !/^\.*$/.test(part))
    .join('/');
}
