import { findClosest } from '../../find-closest.ts';
import { CHECKS, checkName } from './index.ts';

/**
 * Suggests the evaluator that an unknown name under `uses:` (or another tool's `type:`) most likely means,
 * as it is written under `uses:`; undefined if none is similar.
 */
export function suggestCheck(written: string): string | undefined {
  const name = written.toLowerCase().replaceAll('_', '-');
  const slash = name.lastIndexOf('/');
  const service = slash < 0 ? undefined : name.slice(0, slash);
  const not = name.startsWith('not-', slash + 1) ? 'not-' : '';
  const kind = name.slice(slash + 1 + not.length);
  const kinds = CHECKS.filter(({ namespace }) => namespace !== 'base');
  const near = findClosest(
    kind,
    kinds.map((check) => check.kind),
  );
  const found = kinds.filter((check) => check.kind === near);
  const best = found.find(({ namespace }) => namespace === service) ?? found[0];
  return best && checkName(best).replace(/^promptsmith\//, `promptsmith/${not}`);
}
