import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';
import { biomeImports } from './biome-imports.ts';
import { checksDoc } from './checks-doc.ts';
import { cliDoc } from './cli-doc.ts';
import { hintsSchema } from './hints-schema.ts';
import { importTableDoc } from './import-table-doc.ts';
import { providersDoc } from './providers-doc.ts';
import { rulePages } from './rule-pages.ts';
import { settingsDoc } from './settings-doc.ts';
import { vscodeDoc } from './vscode-doc.ts';

/** A file of the repository, or a part of one, that is written from something else. */
export interface Generated {
  /** The file, from the repository's root. */
  readonly file: string;
  /** The file's text as it should be, given the text it has now ('' when there is none). */
  produce(current: string): string | Promise<string>;
}

/** Everything that `npm run generate` writes. A new generator is one more line. */
export const generated: readonly Generated[] = [
  { file: 'biome.imports.json', produce: biomeImports },
  { file: 'ARCHITECTURE.md', produce: importTableDoc },
  { file: 'docs/cli.md', produce: cliDoc },
  { file: 'docs/format.md', produce: checksDoc },
  { file: 'docs/providers.md', produce: providersDoc },
  { file: 'docs/settings.md', produce: settingsDoc },
  { file: 'docs/vscode.md', produce: vscodeDoc },
  { file: 'schemas/prompt-hints.schema.json', produce: hintsSchema },
  ...rulePages,
];

/** The text of a file of the repository; '' when there is none. */
export function currentText(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}
