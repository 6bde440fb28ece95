import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encoder } from '#core/tokens/encoder.ts';
import type { EncodingName } from '#core/tokens/encoding.ts';
import type { Tokenizer } from '#core/tokens/tokenizer.ts';

/**
 * Reads token tables from a folder, each once and only when asked for. Rejects with what is missing and
 * what to do; the next call tries again.
 */
export function createFileTokenizer(folder: string): Tokenizer {
  const encoders = new Map<EncodingName, Encoder>();
  const loading = new Map<EncodingName, Promise<Encoder>>();
  const load = async (name: EncodingName): Promise<Encoder> => {
    const path = join(folder, `${name}.bin`);
    const table = await readFile(path).catch((error: Error) => {
      throw new Error(
        `The token table ${path} could not be read (${error.message}): install Promptsmith again, or build it.`,
      );
    });
    const encoder = new Encoder(name, table);
    encoders.set(name, encoder);
    return encoder;
  };
  return {
    loaded: (name) => encoders.get(name) ?? null,
    load: (name) => {
      const encoder = encoders.get(name);
      if (encoder) return Promise.resolve(encoder);
      const promise = loading.get(name) ?? load(name).finally(() => loading.delete(name));
      loading.set(name, promise);
      return promise;
    },
  };
}
