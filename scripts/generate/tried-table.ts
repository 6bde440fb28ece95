import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';

/** What `npm run test:live` found out about a program. */
export interface Tried {
  readonly program: string;
  readonly version: string;
  readonly model: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** `what`, or `interface: what`. */
  readonly tried: readonly string[];
}

/** Rows about the programs in docs/tried-against.json. */
export function triedTable(): string {
  const all = JSON.parse(readFileSync(join(root, 'docs/tried-against.json'), 'utf8')) as Tried[];
  const rows = all.map(
    ({ program, version, model, date, tried }) =>
      `| ${program} (${version}) | ${date} | \`${model}\` | ${describe(tried)} |`,
  );
  return ['| program | on | model | tried |', '|---|---|---|---|', ...rows].join('\n');
}

/** Each thing once, with the interfaces it was tried through. */
function describe(tried: readonly string[]): string {
  const apis = new Map<string, string[]>();
  for (const line of tried) {
    const [, api, what = line] = /^(\w+): (.*)$/.exec(line) ?? [];
    apis.set(what, [...(apis.get(what) ?? []), ...(api === undefined ? [] : [api])]);
  }
  return [...apis]
    .map(([what, by]) =>
      by.length === 0 ? what : `${what} (${by.map((api) => `\`${api}\``).join(', ')})`,
    )
    .join('; ');
}
