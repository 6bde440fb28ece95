import { join } from 'node:path';

/** The name of the folder below a project's root where Promptsmith keeps what it makes. */
export const DATA_FOLDER = '.promptsmith';

/** `.promptsmith` of a project: its runs, its cached answers and the snapshot of its registry. */
export function getDataFolder(root: string): string {
  return join(root, DATA_FOLDER);
}
