import type { Hashes } from '../eval/hashes.ts';

/** Which part of a prompt differs from a version. `other`: names, descriptions and the like. */
export type DriftPart = 'prompt' | 'data' | 'checks' | 'other';

/**
 * The parts in which two prompts differ; none when they have the same content and the same test rows. The
 * order of keys, quoting, comments and blanks outside templates count for nothing.
 */
export function findDrift(version: Hashes, working: Hashes): DriftPart[] {
  const parts: DriftPart[] = (['prompt', 'data', 'checks'] as const).filter(
    (part) => version[part] !== working[part],
  );
  if (parts.length === 0 && version.content !== working.content) parts.push('other');
  return parts;
}

/** `prompt and checks`: the parts in words. */
export function describeDrift(parts: readonly DriftPart[]): string {
  const words = parts.map((part) => WORDS[part]);
  return words.length < 2
    ? (words[0] ?? 'nothing')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const WORDS: Readonly<Record<DriftPart, string>> = {
  prompt: 'prompt',
  data: 'test data',
  checks: 'checks',
  other: 'metadata',
};
