import {
  findLeastTrusted,
  isLiteral,
  markOrigin,
  readOrigin,
  UNKNOWN,
  type Value,
} from './origins.ts';

/**
 * Reads what a script wrote to `GITHUB_OUTPUT` or `GITHUB_ENV`: `name=value`, and `name<<END`, lines, `END`. Lines
 * whose names are not known are under `*`.
 */
export function readAssignments(written: Value): Map<string, Value> {
  const found = new Map<string, Value>();
  let open: { name: string; end: string; lines: string[] } | null = null;
  const add = (name: string, value: Value): void => {
    const before = found.get(name);
    // Which of several writes is the last depends on branches.
    const both = before === undefined ? value : isLiteral(before) ? value : merge(before, value);
    found.set(name, both);
  };
  for (const line of written.split(/\r?\n/)) {
    if (open) {
      if (line.trim() !== open.end) open.lines.push(line);
      else {
        add(open.name, open.lines.join('\n'));
        open = null;
      }
      continue;
    }
    const [, name = '', kind, rest = ''] = /^\s*([\w-]+)(<<|=)(.*)$/.exec(line) ?? [];
    if (kind === '<<') open = { name, end: rest.trim(), lines: [] };
    else if (kind === '=') add(name, rest);
    else if (!isLiteral(line)) add('*', markOrigin(UNKNOWN));
  }
  // Its end is written by something that cannot be followed.
  if (open) add(open.name, markOrigin(UNKNOWN));
  return found;
}

function merge(a: Value, b: Value): Value {
  return markOrigin(findLeastTrusted([readOrigin(a), readOrigin(b)]));
}
