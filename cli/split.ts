import { parseReference } from '#core/registry/reference.ts';
import type { Registry } from '#core/registry/registry.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import { UsageError } from './command.ts';

/** Reads `--split 1.5.0=5`: percent of the calls by version; null without the option. Throws UsageError. */
export async function readSplit(
  given: readonly string[],
  registry: Registry,
  name: string,
  main: string,
): Promise<Record<string, number> | null> {
  if (given.length === 0) return null;
  const split: Record<string, number> = {};
  for (const text of given) {
    const [, version = '', percent = ''] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const reference = parseReference(`${name}@${version}`);
    if (version === '' || 'error' in reference)
      throw new UsageError(`--split must be version=percent, such as 1.5.0=5, not "${text}".`);
    const record = await resolveReference(registry, reference);
    if (record.version === main)
      throw new UsageError(
        `--split ${text}: ${main} gets the remaining calls and cannot have a share.`,
      );
    split[record.version] = Number(percent);
  }
  const sum = Object.values(split).reduce((total, share) => total + share, 0);
  if (sum <= 0 || sum >= 100)
    throw new UsageError('the shares of --split must add up to more than 0 and less than 100 %.');
  return split;
}
