import { createReadStream } from 'node:fs';

/**
 * The lines of a UTF-8 file, parted by LF alone (`node:readline` also parts at U+2028, which JSON may
 * hold). `whole` is false for a last line without its line break. Rejects with the system's error.
 */
export async function* readLines(
  path: string,
): AsyncGenerator<{ readonly text: string; readonly whole: boolean }> {
  let pieces: string[] = [];
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      yield { text: pieces.join('') + line, whole: true };
      pieces = [];
    }
    pieces.push(rest);
  }
  const last = pieces.join('');
  if (last !== '') yield { text: last, whole: false };
}
