// Converts js-tiktoken's rank modules to the binary tables that core/tokens/rank-table.ts reads.
// The build imports `writeTokenTables`; alone: node scripts/token-tables.mjs <folder>
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ENCODINGS = ['o200k_base', 'cl100k_base'];

/** Writes `<outDir>/<encoding>.bin` for every encoding; a reader never sees half a file. */
export async function writeTokenTables(outDir) {
  await mkdir(outDir, { recursive: true });
  for (const name of ENCODINGS) {
    const { default: ranks } = await import(`js-tiktoken/ranks/${name}`);
    const target = path.join(outDir, `${name}.bin`);
    const draft = `${target}.${process.pid}.tmp`;
    await writeFile(draft, packTable(name, ranks.bpe_ranks));
    await rename(draft, target);
  }
}

/**
 * Layout, little-endian: `PSRT`, number of tokens, number of token bytes, check sum of what follows
 * the header (each u32), the encoding's name in 16 bytes padded with NUL; then one length byte a
 * token in the order of ranks; then the tokens' bytes; then at least eight NULs, to a multiple of four.
 */
function packTable(name, bpeRanks) {
  const tokens = readRanks(bpeRanks);
  const bytes = Buffer.concat(tokens);
  const lengths = Uint8Array.from(tokens, (token) => token.length);
  if (tokens.some((token, rank) => token.length !== lengths[rank])) {
    throw new Error(`${name}: a token is longer than 255 bytes`);
  }
  const body = Buffer.alloc((lengths.length + bytes.length + 8 + 3) & ~3);
  body.set(lengths, 0);
  body.set(bytes, lengths.length);
  const header = Buffer.alloc(32);
  header.write('PSRT', 0, 'latin1');
  header.writeUInt32LE(lengths.length, 4);
  header.writeUInt32LE(bytes.length, 8);
  header.writeUInt32LE(checkSum(body), 12);
  header.write(name, 16, 16, 'latin1');
  return Buffer.concat([header, body]);
}

/** Lines of `! <first rank> <base64> <base64> …`; the ranks must be 0, 1, 2 … without a gap. */
function readRanks(bpeRanks) {
  const tokens = [];
  for (const line of bpeRanks.split('\n')) {
    if (line === '') continue;
    const [, first, ...encoded] = line.split(' ');
    encoded.forEach((token, i) => {
      tokens[Number(first) + i] = Buffer.from(token, 'base64');
    });
  }
  for (let rank = 0; rank < tokens.length; rank++) {
    if (tokens[rank] === undefined) throw new Error(`rank ${rank} has no token`);
    // The lookup fills words up with 0xff (core/tokens/words.ts).
    if (tokens[rank].length > 1 && tokens[rank].includes(0xff)) {
      throw new Error(`rank ${rank} contains the byte 0xff`);
    }
  }
  return tokens;
}

/** FNV-1a over 32-bit words. */
function checkSum(body) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < body.length; at += 4) {
    hash = Math.imul(hash ^ body.readInt32LE(at), 0x01000193);
  }
  return hash >>> 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outDir = process.argv[2];
  if (outDir === undefined) throw new Error('usage: node scripts/token-tables.mjs <folder>');
  await writeTokenTables(outDir);
}
