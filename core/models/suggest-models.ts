import { findClosest } from '../find-closest.ts';
import { isOlder, isOtherVersion } from './model-version.ts';

/**
 * The known ids that an unknown one may mean: the same name under other publishers, at most three;
 * else the one a few typing errors away, first among the names of the same publisher.
 */
export function suggestModels(written: string, known: readonly string[]): string[] {
  const wanted = written.toLowerCase();
  const name = stripPublisher(wanted);
  const same = known.filter((id) => stripPublisher(id) === name).slice(0, 3);
  if (same.length > 0) return same;
  const publisher = wanted.slice(0, wanted.length - name.length);
  const own = publisher === '' ? [] : known.filter((id) => id.startsWith(publisher));
  for (const list of [own, known]) {
    // Another version is no slip of the keyboard, and an older one no help.
    const candidates = list.filter((id) => {
      const other = stripPublisher(id);
      return !isOtherVersion(name, other) && !isOlder(other, name);
    });
    const near = findClosest(name, candidates.map(stripPublisher));
    const id = candidates.find((candidate) => stripPublisher(candidate) === near);
    if (id !== undefined) return [id];
  }
  return [];
}

function stripPublisher(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
