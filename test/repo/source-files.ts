import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/process.mjs';

/** The rooms of the import table. */
export const rooms = ['core', 'io', 'app', 'server', 'client', 'cli'];

/** The TypeScript files at or below those of these folders that exist, from the repository's root. */
export function sourceFiles(...folders: string[]): string[] {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  return present.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts'))
      .sort(),
  );
}

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
