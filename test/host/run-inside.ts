import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { root } from '../../scripts/process.mjs';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { MARK, type Report } from './inside/checks.ts';

const PATIENCE = 120_000;

/**
 * Runs the checks of test/host/inside in the extension host of a window with an empty folder. The
 * extension under development is an empty one: ours is the installed .vsix.
 */
export async function runInside(server: VscodeServer, context: BrowserContext): Promise<Report[]> {
  const runner = join(server.folder, 'runner');
  await mkdir(runner);
  await writeFile(
    join(runner, 'package.json'),
    JSON.stringify({
      name: 'runner',
      publisher: 'promptsmith-tests',
      version: '0.0.1',
      engines: { vscode: '^1.103.0' },
      contributes: {
        languageModelChatProviders: [{ vendor: 'promptsmith-tests', displayName: 'Tests' }],
      },
    }),
  );
  const module = join(runner, 'index.js');
  await build({
    entryPoints: [join(root, 'test/host/inside/index.ts')],
    outfile: module,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const folder = await server.workspace('inside');
  const url = server.url(folder, [
    ['extensionDevelopmentPath', server.remoteUri(runner)],
    ['extensionTestsPath', server.remoteUri(module)],
  ]);
  const page = await context.newPage();
  const reports: Report[] = [];
  const lines: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const text = String(args[0]);
    if (text.startsWith(MARK)) reports.push(JSON.parse(text.slice(MARK.length)));
    else lines.push(`${type}: ${args.join(' ')}`);
  });
  const ended = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the tests did not end:\n${lines.slice(-20).join('\n')}`)),
      PATIENCE,
    );
    void page.exposeFunction('codeAutomationExit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  await page.goto(url);
  await ended;
  await page.close();
  if (reports.length === 0) throw new Error(`no test ran:\n${lines.slice(-20).join('\n')}`);
  return reports;
}
