import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findVscode, type VscodeBuild, vscodeBuilds } from '../../scripts/vscode/builds.ts';
import { installExtension } from '../../scripts/vscode/install-extension.ts';
import { findChromium, missingMeans } from '../../scripts/vscode/means.ts';
import { packageExtension } from '../../scripts/vscode/package-extension.ts';
import { VscodeServer } from '../../scripts/vscode/server.ts';
import { evalAccidentTests } from './eval-accident-tests.ts';
import { evalCommandTests } from './eval-command-tests.ts';
import { evalTests } from './eval-tests.ts';
import { factsTests } from './facts-tests.ts';
import { logErrors } from './log-errors.ts';
import { newcomerTests } from './newcomer-tests.ts';
import { pageTests } from './page-tests.ts';
import { inWindow, type Part } from './part.ts';
import { playgroundAnswerTests } from './playground-answer-tests.ts';
import { playgroundTests } from './playground-tests.ts';
import { registryTests } from './registry-tests.ts';
import { resultsTests } from './results-tests.ts';
import { runInside } from './run-inside.ts';

const CHROMIUM_FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** A window has many tests and may be tried twice. */
const limits = { timeout: 600_000 };

const builds = vscodeBuilds.filter((build) => !skipped(build));
let folder: string;
let vsix: string;
let browser: Browser;

before(async () => {
  if (builds.length === 0) return;
  folder = mkdtempSync(join(tmpdir(), 'promptsmith-vsix-'));
  ({ file: vsix } = await packageExtension(join(folder, 'promptsmith.vsix')));
  browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: CHROMIUM_FLAGS,
    env: { ...process.env, TMPDIR: folder },
  });
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

for (const build of vscodeBuilds) {
  const skip = skipped(build);
  describe(`the extension in VS Code ${build.version}`, { skip }, () => {
    let extensions: string;
    before(async () => {
      extensions = await installExtension(
        await findVscode(build),
        vsix,
        join(folder, build.version),
      );
    });

    test('inside the extension host', limits, async (t) => {
      await withServer(
        t,
        build,
        { extensions, runsTests: build.node >= 24 },
        async (part, server, context) => {
          for (const { name, error, notes } of await runInside(server, context)) {
            await part.test(name, (one) => {
              for (const note of notes) one.diagnostic(note);
              if (error !== undefined) throw new Error(error);
            });
          }
        },
      );
    });

    test('on the page', limits, async (t) => {
      await withServer(t, build, { extensions, asksForTrust: true }, pageTests);
    });

    test('for a newcomer', limits, async (t) => {
      await withServer(t, build, { extensions }, newcomerTests);
    });

    test('prices and test files', limits, async (t) => {
      await withServer(t, build, { extensions }, factsTests);
    });

    test('golden cases', limits, async (t) => {
      await withServer(t, build, { extensions }, evalTests);
    });

    test('accidents of evaluations', limits, async (t) => {
      await withServer(t, build, { extensions }, evalAccidentTests);
    });

    test('evaluations by command', limits, async (t) => {
      await withServer(t, build, { extensions }, evalCommandTests);
    });

    test('a large run', limits, async (t) => {
      await withServer(t, build, { extensions }, resultsTests);
    });

    test('the playground', limits, async (t) => {
      await withServer(t, build, { extensions }, playgroundTests);
    });

    test('answers in the playground', limits, async (t) => {
      await withServer(t, build, { extensions }, playgroundAnswerTests);
    });

    test('the registry', limits, async (t) => {
      await withServer(t, build, { extensions }, registryTests);
    });
  });
}

test('the means to test in a real VS Code are there', { skip: !process.env.CI }, () => {
  const missing = vscodeBuilds.map((build) => [build.version, missingMeans(build)]);
  assert.deepEqual(
    missing,
    vscodeBuilds.map(({ version }) => [version, null]),
  );
});

/** Why a version is not tested on this machine; false when it is. */
function skipped(build: VscodeBuild): string | false {
  return missingMeans(build) ?? false;
}

/** Runs `use` with a server and a browser profile of its own, then looks at what they leave behind. */
async function withServer(
  t: TestContext,
  build: VscodeBuild,
  options: { extensions: string; asksForTrust?: boolean; runsTests?: boolean },
  use: (part: Part, server: VscodeServer, context: BrowserContext) => Promise<void>,
): Promise<void> {
  await inWindow(t, async (part) => {
    await using server = await VscodeServer.start(await findVscode(build), options);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(30_000);
    try {
      await use(part, server, context);
    } finally {
      await context.close();
    }
    await part.test('no error in the logs', () => assert.deepEqual(logErrors(server), []));
    await part.test('no process is left after close', async () =>
      assert.deepEqual(await server.stop(), []),
    );
  });
}
