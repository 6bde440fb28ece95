// Converts js-tiktoken's rank modules to the binary tables that core/tokens/rank-table.ts reads.
// The build imports `writeTokenTables`; alone: node scripts/token-tables.mjs <folder>
import { randomUUID } from 'node:crypto';
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
    // Several tests of one process may find the tables missing at once.
    const draft = `${target}.${randomUUID()}.tmp`;
    await writeFile(draft, packTable(name, ranks.bpe_ranks));
    await rename(draft, target);
  }
}

/**
 * Layout, little-endian: `PSR2`, number of tokens, number of token bytes, number of open pairs, check
 * sum of what follows the header (each u32), the encoding's name in 16 bytes padded with NUL; then one
 * length byte a token in the order of ranks; the tokens' bytes; the open pairs, two bytes each; at
 * least eight NULs, to a multiple of four.
 */
function packTable(name, bpeRanks) {
  const tokens = readRanks(bpeRanks);
  const bytes = Buffer.concat(tokens);
  const lengths = Uint8Array.from(tokens, (token) => token.length);
  if (tokens.some((token, rank) => token.length !== lengths[rank])) {
    throw new Error(`${name}: a token is longer than 255 bytes`);
  }
  const pairs = Buffer.concat(openPairs(tokens));
  checkWholeCharacters(name, tokens, pairs);
  const contents = Buffer.concat([lengths, bytes, pairs]);
  const body = Buffer.alloc((contents.length + 8 + 3) & ~3);
  contents.copy(body);
  const header = Buffer.alloc(36);
  header.write('PSR2', 0, 'latin1');
  header.writeUInt32LE(lengths.length, 4);
  header.writeUInt32LE(bytes.length, 8);
  header.writeUInt32LE(pairs.length / 2, 12);
  header.writeUInt32LE(checkSum(body), 16);
  header.write(name, 20, 16, 'latin1');
  return Buffer.concat([header, body]);
}

/**
 * Two bytes, the last of a character and the first of the next, are open when a token crosses between
 * them that holds one of the two characters in part. Between all others, a character's bytes are joined
 * among themselves only, until it is whole.
 */
function openPairs(tokens) {
  const open = new Map();
  for (const token of tokens) {
    const first = token.findIndex((byte) => !isContinuation(byte));
    for (let at = 1; at < token.length; at++) {
      if (isContinuation(token[at])) continue;
      const isPartial = at === first || at + widthOf(token[at]) > token.length;
      const pair = token.subarray(at - 1, at + 1);
      if (isPartial) open.set(pair.toString('latin1'), pair);
    }
  }
  return [...open.values()];
}

/**
 * Joining a character that stands between pairs which are not open before anything else (see merge.ts)
 * changes nothing if its bytes alone become its token, and no token that holds it has a lower rank.
 */
function checkWholeCharacters(name, tokens, pairs) {
  const ranks = new Map(tokens.map((token, rank) => [token.toString('latin1'), rank]));
  const open = new Set();
  for (let at = 0; at < pairs.length; at += 2) open.add(pairs.toString('latin1', at, at + 2));
  const isOpen = (token, at) =>
    at > 0 && at < token.length && open.has(token.toString('latin1', at - 1, at + 1));
  tokens.forEach((token, rank) => {
    for (let at = 0; at < token.length; at++) {
      const end = at + widthOf(token[at]);
      if (token[at] < 0xc0 || end > token.length) continue;
      if (isOpen(token, at) || isOpen(token, end)) continue;
      const own = ranks.get(token.toString('latin1', at, end));
      const isWhole = end - at === token.length;
      if (isWhole ? !becomesToken(token, rank, ranks) : own > rank) {
        throw new Error(`${name}: the character at ${at} of rank ${rank} may not be joined first`);
      }
    }
  });
}

/** True when the token's bytes, joined by rank, become the token, and no step has a higher rank. */
function becomesToken(token, rank, ranks) {
  let parts = [...token].map((byte) => String.fromCharCode(byte));
  while (parts.length > 1) {
    const pairs = parts.slice(1).map((part, i) => ranks.get(parts[i] + part) ?? Infinity);
    const lowest = Math.min(...pairs);
    const at = pairs.indexOf(lowest);
    if (lowest > rank) return false;
    parts = [...parts.slice(0, at), parts[at] + parts[at + 1], ...parts.slice(at + 2)];
  }
  return true;
}

function isContinuation(byte) {
  return (byte & 0xc0) === 0x80;
}

/** Bytes of the UTF-8 character that starts with this one. */
function widthOf(lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
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
