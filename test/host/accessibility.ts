import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

/** What axe has to say against the page in our webview, as `rule: place`. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  const frame = ownFrame(page);
  // Evaluated from outside: the page itself may load nothing but its own script.
  await frame.evaluate(await axeSource());
  const { violations } = await frame.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** The page in our webview. */
export function ownFrame(page: Page): Frame {
  const frame = page
    .frames()
    .find((one) => one.parentFrame()?.url().includes('extensionId=promptsmith.promptsmith'));
  if (!frame) throw new Error('no webview of ours is open');
  return frame;
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

async function axeSource(): Promise<string> {
  return await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}
