import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/process.mjs';

/** The rooms of the import table. */
export const rooms = ['core', 'io', 'server', 'client', 'cli'];

/** The TypeScript files at or below these folders, from the repository's root. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts'))
      .sort(),
  );
}

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
