/** A member name or an index, as in RFC 9535's singular queries. */
export type PathSegment = string | number;

const SEGMENT =
  /\.?([\p{L}\p{N}_$-]+)|\[(-?\d+)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/uy;

/** Parses `a.b[0]['c d']`, with or without a leading `$.`. Null if it is not such a path. */
export function parseJsonPath(path: string): PathSegment[] | null {
  const text = path.trim().replace(/^\$(?=[.[]|$)/, '');
  const segments: PathSegment[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < text.length) {
    const at = SEGMENT.lastIndex;
    const match = SEGMENT.exec(text);
    if (!match) return null;
    const [whole, name, index, single, double] = match;
    if (name !== undefined && at > 0 && !whole.startsWith('.')) return null;
    if (name !== undefined) segments.push(name);
    else if (index !== undefined) segments.push(Number(index));
    else segments.push((single ?? double ?? '').replace(/\\(.)/gs, '$1'));
  }
  return segments;
}

/** The value at a path; undefined if there is none. A negative index counts from the end. */
export function readJsonPath(value: unknown, path: readonly PathSegment[]): unknown {
  let at: unknown = value;
  for (const segment of path) {
    if (at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at)) {
      const index = Number(segment);
      at = Number.isInteger(index) ? at.at(index) : undefined;
    } else {
      at = Object.hasOwn(at, segment) ? (at as Record<PropertyKey, unknown>)[segment] : undefined;
    }
  }
  return at;
}
