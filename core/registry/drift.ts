import type { Hashes } from '../eval/hashes.ts';

/** The part of a prompt that differs from a version. `other`: metadata such as names and descriptions. */
export type DriftPart = 'prompt' | 'data' | 'checks' | 'other';

/**
 * Lists the parts in which two prompts differ; empty when content and test rows are the same. The order
 * of keys, quoting, comments and white space outside templates have no effect.
 */
export function findDrift(version: Hashes, working: Hashes): DriftPart[] {
  const parts: DriftPart[] = (['prompt', 'data', 'checks'] as const).filter(
    (part) => version[part] !== working[part],
  );
  if (parts.length === 0 && version.content !== working.content) parts.push('other');
  return parts;
}

/** Lists the parts in words: `prompt and checks`. */
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
