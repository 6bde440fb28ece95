import type { Bump, Change } from './change.ts';
import { compareVersions, formatVersion, parseVersion } from './semver.ts';

export type { Bump } from './change.ts';

/** The suggested next version, with reasons. */
export interface VersionSuggestion {
  /** `none`: no relevant changes. */
  readonly bump: Bump | 'none';
  /** The next version; the parent's own when nothing differs; `1.0.0` without a parent. */
  readonly version: string;
  /** The changes that require this bump. */
  readonly reasons: readonly string[];
}

/** Suggests the version after `parent` (null: the first) from the changes since. */
export function suggestVersion(
  parent: string | null,
  changes: readonly Change[],
): VersionSuggestion {
  if (parent === null) return { bump: 'major', version: '1.0.0', reasons: ['first version'] };
  const bump = strongest(changes);
  if (bump === 'none') return { bump, version: parent, reasons: [] };
  const reasons = changes.filter((change) => change.bump === bump).map(({ text }) => text);
  return { bump, version: nextVersion(parent, bump), reasons };
}

/** The bump that leads from one version to a later one. */
export function bumpBetween(from: string, to: string): Bump | 'none' {
  const [a, b] = [parseVersion(from), parseVersion(to)];
  if (!a || !b || compareVersions(from, to) >= 0) return 'none';
  if (a.major !== b.major) return 'major';
  return a.minor !== b.minor ? 'minor' : 'patch';
}

/** `1.4.2` by a minor change is `1.5.0`. Before 1.0.0 a breaking change raises the second number. */
export function nextVersion(version: string, bump: Bump): string {
  const parsed = parseVersion(version);
  if (!parsed) throw new RangeError(`"${version}" is not a version`);
  const { major, minor, patch, pre } = parsed;
  // `2.0.0-rc.1` becomes `2.0.0` after any change that it announced.
  const isReady =
    pre.length > 0 &&
    (bump === 'patch' || (patch === 0 && (bump === 'minor' || minor === 0 || major === 0)));
  if (isReady) return formatVersion(major, minor, patch);
  switch (bump) {
    case 'major':
      return major === 0 ? formatVersion(0, minor + 1, 0) : formatVersion(major + 1, 0, 0);
    case 'minor':
      return formatVersion(major, minor + 1, 0);
    case 'patch':
      return formatVersion(major, minor, patch + 1);
    default:
      return bump satisfies never;
  }
}

function strongest(changes: readonly Change[]): Bump | 'none' {
  const order: readonly Bump[] = ['major', 'minor', 'patch'];
  return order.find((bump) => changes.some((change) => change.bump === bump)) ?? 'none';
}
