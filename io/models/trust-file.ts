import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getUserConfigFolder } from '../user-folders.ts';
import { writeTextFile } from '../write-file.ts';
import type { Consent } from './keys.ts';

/** The user's consents, beside no project: `~/.config/promptsmith/trust.json`. */
export function getTrustFilePath(env: Readonly<Record<string, string | undefined>>): string {
  return join(getUserConfigFolder(env), 'trust.json');
}

/** Reads the consents; none when there is no file. Rejects with one sentence when it is unreadable. */
export async function readConsents(path: string): Promise<Consent[]> {
  return (await read(path)).consents.filter(isConsent);
}

/** Adds a consent, once, and keeps everything else in the file. */
export async function addConsent(path: string, consent: Consent): Promise<void> {
  const file = await read(path);
  const { root, origin, key } = consent;
  const known = file.consents.filter(isConsent);
  if (known.some((c) => c.root === root && c.origin === origin && c.key === key)) return;
  const next = { ...file, v: 1, consents: [...file.consents, { root, origin, key }] };
  await writeTextFile(path, `${JSON.stringify(next, null, 2)}\n`);
}

interface TrustFile {
  readonly consents: readonly unknown[];
}

async function read(path: string): Promise<TrustFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { consents: [] };
    throw error;
  }
  let file: { v?: unknown; consents?: unknown };
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON: fix it, or delete it and run promptsmith trust again`);
  }
  if (typeof file.v === 'number' && file.v > 1) {
    throw new Error(`${path} was written by a newer Promptsmith (v ${file.v}): update this one`);
  }
  return { ...file, consents: Array.isArray(file.consents) ? file.consents : [] };
}

function isConsent(value: unknown): value is Consent {
  const { root, origin, key } = (value ?? {}) as Record<string, unknown>;
  return typeof root === 'string' && typeof origin === 'string' && typeof key === 'string';
}
