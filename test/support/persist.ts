import { setTimeout as delay } from 'node:timers/promises';

/** Tries three times, and goes back in between: VS Code may be busy and drop a click or a key. */
export async function persist(
  attempt: () => Promise<void>,
  back: () => Promise<void> = async () => {},
): Promise<void> {
  for (let left = 2; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await back();
    }
  }
}

/** What `read` gives as soon as it neither rejects nor gives undefined or false; `time` in ms. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  time = 30_000,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + time;
  let why: unknown = new Error('it did not happen');
  while (Date.now() < end) {
    try {
      const value = await read();
      if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    } catch (error) {
      why = error;
    }
    await delay(50);
  }
  throw new Error(`not within ${time} ms: ${read}`, { cause: why });
}
