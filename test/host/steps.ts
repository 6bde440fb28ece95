import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from './part.ts';
import type { Workbench } from './workbench.ts';

/** Runs one test after the other in a window; one that fails leaves a picture of what was to be seen. */
export function steps(
  t: Part,
  { page }: Workbench,
): (name: string, run: () => Promise<void>) => Promise<void> {
  return (name, run) =>
    t.test(name, async (one) => {
      try {
        await run();
      } catch (error) {
        const picture = join(
          tmpdir(),
          `promptsmith-${process.pid}-${name.replace(/\W+/g, '-')}.png`,
        );
        await page.screenshot({ path: picture });
        one.diagnostic(`what was to be seen: ${picture}`);
        throw error;
      }
    });
}
