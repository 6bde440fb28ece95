import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '#core/eval/report/summary.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { writeTextFile } from '../write-file.ts';
import type { RunLock } from './run-lock.ts';

export const EVENTS = 'events.jsonl';
export const SUMMARY = 'summary.json';

/** Writes one run. */
export interface RunWriter {
  /** Appends an event before it is shown to anyone. Throws a RunNotKept when it cannot. */
  append(event: RunEvent): void;
  /**
   * Makes the events last, writes the summary, closes. Rejects with a RunNotKept when it cannot; not after
   * an `append` that failed, which has said it.
   */
  close(summary: Summary | null): Promise<void>;
}

/** A run that can no longer be written: the disk is full, the folder read-only, the file gone. */
export class RunNotKept extends Error {
  constructor(path: string, cause: unknown) {
    const { message } = cause as Error;
    super(
      `${path} cannot be written: ${message}. The events written so far are complete: free some space, then continue with --resume`,
    );
    this.name = 'RunNotKept';
  }
}

/** Opens the events of a run's folder to append to them, and holds its lock until `close`. */
export function openRun(folder: string, lock: RunLock): RunWriter {
  const path = join(folder, EVENTS);
  const file = openSync(path, 'a');
  let failed = false;
  const kept = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      failed = true;
      throw new RunNotKept(path, error);
    }
  };
  return {
    append: (event) =>
      kept(() => {
        const line = Buffer.from(`${JSON.stringify(event)}\n`);
        for (let at = 0; at < line.length; ) at += writeSync(file, line, at);
      }),
    async close(summary) {
      try {
        if (failed) return;
        kept(() => fsyncSync(file));
        if (summary) await writeSummary(folder, summary);
      } finally {
        closeSync(file);
        lock.release();
      }
    },
  };
}

/** Writes the summary of a run into its folder. Rejects with a RunNotKept. */
export async function writeSummary(folder: string, summary: Summary): Promise<void> {
  const path = join(folder, SUMMARY);
  await writeTextFile(path, `${JSON.stringify(summary)}\n`).catch((error) => {
    throw new RunNotKept(path, error);
  });
}
