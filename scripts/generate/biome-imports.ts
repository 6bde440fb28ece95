import { type Folder, importTable } from '../import-table.ts';

/** How deep folders may lie in a folder of the import table. */
export const maxDepth = 1;

const SCHEMA = './node_modules/@biomejs/biome/configuration_schema.json';

/** biome.imports.json, which biome.json extends: one override for each folder of the import table. */
export function biomeImports(): string {
  const settings = { $schema: SCHEMA, overrides: importTable.flatMap(overridesFor) };
  return `${JSON.stringify(settings, null, 2)}\n`;
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
