import { type OldSummary, upgradeSummary } from '../eval/report/upgrade-summary.ts';
import type { AttachedEval, LabelMove, VersionRecord } from './registry.ts';
import { RegistryError } from './registry.ts';
import { parseVersion } from './semver.ts';

/**
 * Reads a version record from JSON text. `where` names it in messages. Throws RegistryError: `newer` for a
 * later format, `corrupt` for anything that is not a record (a merge conflict, say). Unknown keys are kept.
 */
export function readVersionRecord(text: string, where: string): VersionRecord {
  const value = readObject(text, where);
  const { version, parent, hashes, files, author, at } = value;
  const isRecord =
    typeof version === 'string' &&
    parseVersion(version) !== null &&
    (parent === null || typeof parent === 'string') &&
    typeof at === 'string' &&
    typeof author === 'string' &&
    Array.isArray(files) &&
    files.every((file) => isFile(file)) &&
    isHashes(hashes);
  if (!isRecord) throw corrupt(where, 'is not a version record');
  const { change, bump } = value as { change?: unknown; bump?: VersionRecord['bump'] };
  return {
    ...value,
    change: typeof change === 'string' ? change : '',
    bump: bump ?? { suggested: 'none', reasons: [] },
  } as unknown as VersionRecord;
}

/** Reads a label's move from JSON text, like `readVersionRecord`. */
export function readLabelMove(text: string, where: string): LabelMove {
  const value = readObject(text, where);
  const { version, from = null, by = '', at = '', why = '' } = value;
  if (typeof version !== 'string' || !parseVersion(version))
    throw corrupt(where, 'is not a label move');
  return { ...value, version, from, by, at, why } as LabelMove;
}

/** Reads an attached run from JSON text, like `readVersionRecord`. */
export function readAttachedEval(text: string, where: string): AttachedEval {
  const value = readObject(text, where, 2);
  const { run, totals, cases } = value as Partial<AttachedEval>;
  if (typeof run?.id !== 'string' || !totals || !Array.isArray(cases))
    throw corrupt(where, 'is not an eval run');
  return value.v === 2
    ? (value as unknown as AttachedEval)
    : upgradeSummary(value as unknown as OldSummary);
}

function readObject(text: string, where: string, newest = 1): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (/^<{7} |^>{7} /m.test(text))
      throw corrupt(where, 'contains a merge conflict: keep one side and publish the other again');
    throw corrupt(where, 'is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw corrupt(where, 'is not a JSON object');
  const { v } = value as { v?: unknown };
  if (typeof v === 'number' && v > newest)
    throw new RegistryError(
      'newer',
      `${where} was written by a newer Promptsmith (v ${v}): update Promptsmith`,
    );
  return value as Record<string, unknown>;
}

function isFile(file: unknown): boolean {
  const { path, sha256 } = (file ?? {}) as Record<string, unknown>;
  return typeof path === 'string' && /^sha256:[0-9a-f]{64}$/.test(String(sha256));
}

function isHashes(value: unknown): boolean {
  const hashes = (value ?? {}) as Record<string, unknown>;
  return ['text', 'prompt', 'data', 'checks', 'content'].every((part) =>
    /^sha256:[0-9a-f]{64}$/.test(String(hashes[part])),
  );
}

function corrupt(where: string, what: string): RegistryError {
  return new RegistryError('corrupt', `${where} ${what}`);
}
