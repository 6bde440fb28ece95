import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { persist } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { commitAll } from '../support/git.ts';
import { modelServer, type Reply } from '../support/model-server.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

/** Golden cases of the prompt. */
export const CASES = 20;

/** Twenty cases; the first word of the prompt decides what the model makes of them. */
export function echoPrompt(verb: string): string {
  const rows = Array.from(
    { length: CASES },
    (_, i) => `  - { word: w${i}x, $case: { name: c${i}, tags: [${i % 2 ? 'odd' : 'even'}] } }\n`,
  );
  return `name: Echo
model: acme/chat
modelParameters: { maxTokens: 20 }
messages:
  - role: user
    content: "${verb} {{word}}"
testData:
${rows.join('')}evaluators:
  - { name: exact, string: { equals: "I say {{word}}" } }
`;
}

/**
 * A window on a repository with a committed prompt, and a model on loopback. It says what it is asked to but
 * for case 7; asked to `Mumble` it fails ten more, asked to `Wait` it never answers.
 */
export async function evalScene(t: Part, server: VscodeServer, context: BrowserContext) {
  /** While it is down, the model refuses case 3; after `left` more calls it does not answer. */
  const model = { isUp: true, left: Number.POSITIVE_INFINITY };
  let isAsked = (): void => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const models = await modelServer(({ path, body }): Reply => {
    if (path.endsWith('/models')) return { kind: 'status', status: 404, body: { error: {} } };
    const [verb = '', word = ''] = (body.messages.at(-1)?.content ?? '').split(' ');
    if (verb === 'Wait') {
      isAsked();
      return { kind: 'nothing' };
    }
    if (model.left-- <= 0) return { kind: 'nothing' };
    if (word === 'w3x' && !model.isUp) return { kind: 'status', status: 401, body: { error: {} } };
    const isMumbled =
      word === 'w7x' ||
      (verb === 'Mumble' && /w1\dx/.test(word)) ||
      (String(body.model).includes('other') && /w1\dx/.test(word));
    return { kind: 'stream', text: isMumbled ? 'mm' : `I say ${word}` };
  });
  t.after(() => models.close());
  const folder = await server.workspace('evals');
  await writeFile(
    join(folder, '.promptsmith.yaml'),
    `models:
  acme/chat: { input: 0.5, output: 1.5, context: 32768, encoding: o200k_base }
  acme/other: { input: 5, output: 15, context: 32768, encoding: o200k_base }
providers: { lab: { baseUrl: "${models.baseUrl}", key: none } }
routes: [{ model: "acme/*", provider: lab }]
`,
  );
  await writeFile(join(folder, '.gitignore'), '.promptsmith\n');
  await writeFile(join(folder, 'echo.prompt.yaml'), echoPrompt('Say'));
  commitAll(folder, 'first');

  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const stored = join(folder, '.promptsmith/runs/echo');
  const runs = (): Promise<string[]> => readdir(stored).catch(() => []);
  return {
    folder,
    models,
    model,
    asked,
    workbench,
    page,
    view: workbench.webview,
    step: steps(t, workbench),
    explorer: page.locator('.test-explorer'),
    lens: page.locator('.codelens-decoration a'),
    /** The test results. */
    output: page.locator('.xterm-rows'),
    notice: page.locator('.notification-toast'),
    runs,
    /** A file of the run that was written to last: the ids of two may begin in the same second. */
    newest: async (part: 'events.jsonl' | 'summary.json'): Promise<string> => {
      const times = (await runs()).map(async (run) => {
        const { mtimeMs } = await stat(join(stored, run, 'events.jsonl'));
        return { run, mtimeMs };
      });
      const [last] = (await Promise.all(times)).sort((a, b) => b.mtimeMs - a.mtimeMs);
      return await readFile(join(stored, last?.run ?? '', part), 'utf8');
    },
    gutter: (icon: string) => page.locator(`.cgmr.codicon-${icon}`),
    /** Replaces the first word of the prompt, as typing does, and saves. */
    rewrite: async (to: string): Promise<void> => {
      await persist(async () => {
        await workbench.goTo(6, 15);
        await page.keyboard.press('Control+Shift+ArrowRight');
        await page.getByText(/\(\d selected\)/).waitFor({ timeout: 4000 });
      });
      await page.keyboard.type(to);
      await workbench.textAppears(`content: "${to} {{word}}"`);
      await page.keyboard.press('Control+S');
      await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    },
  };
}
