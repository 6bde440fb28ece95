import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Encoder } from '#core/tokens/encoder.ts';
import type { EncodingName } from '#core/tokens/encoding.ts';
import { root } from '../../scripts/process.mjs';
import { ENCODINGS, writeTokenTables } from '../../scripts/token-tables.mjs';

const script = join(root, 'scripts/token-tables.mjs');

/** A folder with the token tables, made here when there is none or the script is newer. */
export async function tokenTables(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/promptsmith/tokens');
  const { mtimeMs: wanted } = await stat(script);
  const made = await Promise.all(
    ENCODINGS.map((name) =>
      stat(join(folder, `${name}.bin`)).then(
        (file) => file.mtimeMs,
        () => 0,
      ),
    ),
  );
  if (made.some((time) => time <= wanted)) await writeTokenTables(folder);
  return folder;
}

export async function tokenTable(name: EncodingName): Promise<Uint8Array> {
  return await readFile(join(await tokenTables(), `${name}.bin`));
}

export async function encoderOf(name: EncodingName): Promise<Encoder> {
  return new Encoder(name, await tokenTable(name));
}
