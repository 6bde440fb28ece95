import { sha256Hex } from '../hash.ts';
import type { LabelMove } from './registry.ts';

/**
 * Chooses the version that a caller of a label gets: always the same for the same key, in the shares of its
 * split. Without a split or without a key, the label's own version.
 */
export function chooseVersion(
  { version, split = {} }: Pick<LabelMove, 'version' | 'split'>,
  key: string | undefined,
): string {
  if (key === undefined) return version;
  // 48 bits resolve any share, and are exact as a number.
  const point = (Number.parseInt(sha256Hex(key).slice(0, 12), 16) / 2 ** 48) * 100;
  let from = 0;
  for (const other of Object.keys(split).sort()) {
    from += split[other] ?? 0;
    if (point < from) return other;
  }
  return version;
}
