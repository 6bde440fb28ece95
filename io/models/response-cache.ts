import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelRequest, StoredAnswer } from '#core/eval/model.ts';
import { cacheKey } from '#core/eval/plan/request.ts';
import type { AnswerCache, CachedAnswer } from '#core/eval/ports.ts';
import { writeTextFile } from '../write-file.ts';
import { readStoredAnswer } from './stored-answer.ts';

/**
 * Answers by the whole request that they answer, under `<folder>/cache`, `folder` being `.promptsmith` of
 * the project root: one file each, `cache/<kk>/<key>.json`. What cannot be read is not there.
 */
export class ResponseCache implements AnswerCache {
  readonly #folder: string;
  #problem: string | null = null;

  constructor(folder: string) {
    this.#folder = join(folder, 'cache');
  }

  /** Why answers could not be kept, the first time; null when all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  has(request: ModelRequest): boolean {
    return existsSync(this.#path(request));
  }

  async get(request: ModelRequest): Promise<CachedAnswer | null> {
    try {
      const { answer, at } = readStoredAnswer(await readFile(this.#path(request), 'utf8'));
      return { answer, at };
    } catch {
      // Cut off, of a newer version, or not there: the model is asked.
      return null;
    }
  }

  /** Never rejects: without a cache a run costs more, and is no worse. */
  async put(request: ModelRequest, { answer, at }: CachedAnswer): Promise<void> {
    const stored: StoredAnswer = {
      v: 1,
      key: cacheKey(request),
      why: request.why,
      model: request.model,
      answer,
      at,
      source: 'model',
    };
    try {
      // An answer that a crash of the machine loses is asked for again.
      await writeTextFile(this.#path(request), `${JSON.stringify(stored)}\n`, { isDurable: false });
    } catch (error) {
      this.#problem ??= `answers could not be cached in ${this.#folder}: ${(error as Error).message}`;
    }
  }

  /** Erases what was kept before a time (milliseconds since the epoch), or everything. Counts it. */
  async erase(before = Number.POSITIVE_INFINITY): Promise<number> {
    let count = 0;
    const names = await readdir(this.#folder, { recursive: true }).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.json'))) {
      const path = join(this.#folder, name);
      if ((await stat(path)).mtimeMs >= before) continue;
      await rm(path, { force: true });
      count++;
    }
    if (before === Number.POSITIVE_INFINITY)
      await rm(this.#folder, { recursive: true, force: true });
    return count;
  }

  #path(request: ModelRequest): string {
    const key = cacheKey(request).replace(/^sha256:/, '');
    return join(this.#folder, key.slice(0, 2), `${key}.json`);
  }
}
