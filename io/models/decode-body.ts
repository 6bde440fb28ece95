import type http from 'node:http';
import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';

/** Decoders of the codings that servers use, although they are asked for none. A body that ends early is no error. */
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  'x-gzip': () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createInflate({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};

/** The content of a body as it comes; null where it is sent as it is. Ends with the error of the body or its coding. */
export function decodeBody(message: http.IncomingMessage): Readable | null {
  const decoder = openDecoder(message);
  // Its reader is told of errors by the decoder.
  return decoder ? pipeline(message, decoder, () => {}) : null;
}

/** The content of the beginning of a body, up to about `max` bytes; as it is where it has another coding. */
export async function decodeBytes(
  bytes: Buffer,
  message: http.IncomingMessage,
  max: number,
): Promise<Buffer> {
  const decoder = openDecoder(message);
  if (!decoder) return bytes;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of pipeline(Readable.from([bytes]), decoder, () => {})) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > max) break;
    }
  } catch {
    // What came before says enough.
  }
  return size === 0 ? bytes : Buffer.concat(chunks);
}

function openDecoder({ headers }: http.IncomingMessage): Transform | null {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return Object.hasOwn(DECODERS, coding) ? (DECODERS[coding]?.() ?? null) : null;
}
