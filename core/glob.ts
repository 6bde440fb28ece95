/**
 * True when a path fits one of the globs. `*` and `?` stay within a folder, `**` crosses folders,
 * `{a,b}` is a choice. Paths are relative, with `/`; a glob without `/` fits in every folder.
 */
export function matchesGlob(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) =>
    expandChoices(glob).some((simple) => matchesSegments(path.split('/'), splitSegments(simple))),
  );
}

function splitSegments(glob: string): string[] {
  const clean = glob.replace(/^\.\//, '').replace(/\/$/, '/**');
  return (clean.includes('/') ? clean : `**/${clean}`).replace(/^\//, '').split('/');
}

/** `a{b,c}` → `ab`, `ac`; at most 64 of them. */
function expandChoices(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  for (
    let next = open.pop();
    next !== undefined && done.length + open.length < 64;
    next = open.pop()
  ) {
    const choice = /\{([^{}]*)\}/.exec(next);
    if (!choice) done.push(next);
    else
      for (const part of (choice[1] ?? '').split(','))
        open.push(next.replace(choice[0], () => part));
  }
  return done;
}

/** Two rows of a table over path × glob segments: time is their product, whatever the stars. */
function matchesSegments(path: readonly string[], glob: readonly string[]): boolean {
  let row = [true, ...path.map(() => false)];
  for (const segment of glob) {
    const next = [segment === '**' && row[0] === true];
    path.forEach((part, i) => {
      next.push(
        segment === '**'
          ? row[i + 1] === true || next[i] === true
          : row[i] === true && matchesWildcard(part, segment),
      );
    });
    row = next;
  }
  return row[path.length] === true;
}

/**
 * True when a name fits a pattern in which `*` stands for any text and `?` for one character. The
 * two-pointer method: only the last star is tried again, so time is at most the product of the lengths.
 */
export function matchesWildcard(name: string, pattern: string): boolean {
  let n = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = n;
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
