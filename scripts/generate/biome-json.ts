import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Folder, importTable } from '../import-table.ts';
import { root } from '../process.mjs';

/** How deep folders may lie in a folder of the import table. */
export const maxDepth = 1;

/** biome.json with one override for each folder of the import table; the rest stays as it is. */
export function biomeJson(current: string): string {
  const { overrides: _, ...settings } = JSON.parse(current);
  return formatted(JSON.stringify({ ...settings, overrides: importTable.flatMap(overridesFor) }));
}

function formatted(json: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=biome.json'], {
    cwd: root,
    input: json,
    encoding: 'utf8',
  });
}

/** One override for each depth: how many `../` lead out of a folder depends on it. */
function overridesFor(folder: Folder) {
  const segments = folder.path.split('/');
  if (folder.path.endsWith('.ts')) return [override(folder, folder.path, segments.slice(0, -1))];
  const depths = folder.path === 'core' ? 1 : maxDepth + 1;
  return Array.from({ length: depths }, (_, depth) => {
    const at = [...segments, ...Array<string>(depth).fill('*')];
    return override(folder, `${at.join('/')}/*.ts`, at);
  });
}

/** Overrides replace each other's options instead of adding to them, so each one is complete. */
function override(folder: Folder, files: string, at: readonly string[]) {
  const group = ['**', ...relativePatterns(folder, at), ...otherPatterns(folder)];
  const message = `${folder.path} may not import this: see the import table in ARCHITECTURE.md.`;
  const noRestrictedImports = { level: 'error', options: { patterns: [{ group, message }] } };
  return { includes: [files], linter: { rules: { style: { noRestrictedImports } } } };
}

/**
 * Gitignore-like: the last pattern that matches wins, `!` allows. From each level upward, what may be
 * reached is allowed, then everything another level up is forbidden again.
 */
function relativePatterns(folder: Folder, at: readonly string[]): string[] {
  const patterns: string[] = [];
  for (let up = 0; up < at.length; up++) {
    const prefix = up === 0 ? './' : '../'.repeat(up);
    const base = at.slice(0, at.length - up);
    const own = up > 0 && base.length < folder.path.split('/').length ? `${folder.path}/**` : '';
    const inside = folder.modules
      .filter((module) => module !== own)
      .flatMap((module) => below(base, module.split('/')));
    patterns.push(...inside.map((rest) => `!${prefix}${rest}`), `${prefix}../**`);
  }
  return patterns;
}

/** The module glob as seen from the folder `base`; nothing when it lies elsewhere. */
function below(base: readonly string[], module: readonly string[]): string[] {
  for (let i = 0; i < base.length; i++) {
    if (module[i] === '**') return ['**'];
    if (module[i] !== base[i]) return [];
  }
  return [module.slice(base.length).join('/')];
}

function otherPatterns({ modules, packages, never = [] }: Folder): string[] {
  return [
    ...modules.map((module) => `!#${module}`),
    ...packages.flatMap((name) => [
      `!${name}`,
      // `node:*` does not cross the slash of `node:fs/promises`.
      `!${name}/**`,
    ]),
    ...never,
  ];
}
