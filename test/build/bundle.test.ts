import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { publishSample } from '#test/support/registry.ts';
import { bundleOptions, webviewOptions } from '../../scripts/build/bundle.mjs';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';

const run = promisify(execFile);

/** Bundles a module as the programs are, and runs it on the oldest Node we support. */
async function runBundled(source: string, flags: readonly string[] = []): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-bundle-'));
  try {
    const { outputFiles } = await build({
      ...bundleOptions({ development: false }),
      stdin: { contents: source, resolveDir: root, loader: 'ts' },
    });
    await writeFile(join(folder, 'program.cjs'), outputFiles?.[0]?.contents ?? '');
    for (const lazy of ['openai.cjs', 'anthropic.cjs', 'models.cjs', 'secrets.cjs']) {
      await copyFile(join(root, 'dist', lazy), join(folder, lazy));
    }
    const { stdout } = await run(await findNode(22), [...flags, join(folder, 'program.cjs')]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const options = { skip: hasNode(22) ? false : 'there is no pinned Node 22 for this platform' };

test(
  'a package that is a file of its own arrives with its named and default exports',
  options,
  async () => {
    const answer = await runBundled(`
    const loaded = () => Object.keys(require.cache).map((path) => path.replace(/.*[\\\\/]/, ''));
    const before = loaded();
    void (async () => {
      const { default: Client, OpenAI, APIError } = await import('openai');
      const prices = await import('@pydantic/genai-prices');
      const secrets = await import('@secretlint/secretlint-rule-preset-recommend');
      const client = new Client({ apiKey: 'none' });
      console.log(JSON.stringify({
        before,
        after: loaded(),
        same: Client === OpenAI,
        error: new APIError(429, {}, 'slow down', undefined) instanceof Error,
        baseUrl: client.baseURL,
        prices: typeof prices.waitForUpdate,
        secrets: Array.isArray(secrets.rules),
      }));
    })();
  `);
    assert.deepEqual(answer, {
      before: ['program.cjs'],
      after: ['program.cjs', 'openai.cjs', 'models.cjs', 'secrets.cjs'],
      same: true,
      error: true,
      baseUrl: 'https://api.openai.com/v1',
      prices: 'function',
      secrets: true,
    });
  },
);

test('the client of Anthropic’s package is a file of its own and small', options, async () => {
  const answer = await runBundled(`
    const loaded = () => Object.keys(require.cache).map((path) => path.replace(/.*[\\\\/]/, ''));
    const before = loaded();
    void (async () => {
      const { createAnthropicClient } = await import('./io/models/anthropic-client.ts');
      const said = [];
      const fetch = async (url, { headers, body }) => {
        said.push(url, headers.get('anthropic-version'), body);
        return new Response('event: ping\\ndata: {}\\n\\n');
      };
      const endpoint = { baseUrl: 'https://gw.example/anthropic/v1', key: null };
      const client = createAnthropicClient(endpoint, { fetch });
      const { events } = await client.post({ a: 1 }, new AbortController().signal);
      for await (const { event, data } of events) said.push(event, data);
      console.log(JSON.stringify({ before, after: loaded(), said }));
    })();
  `);
  assert.deepEqual(answer, {
    before: ['program.cjs'],
    after: ['program.cjs', 'anthropic.cjs'],
    said: ['https://gw.example/anthropic/v1/messages', '2023-06-01', '{"a":1}', 'ping', '{}'],
  });
  const { size } = await stat(join(root, 'dist', 'anthropic.cjs'));
  assert.ok(size < 150_000, `${size} bytes: more of the package than its client`);
});

test('the schemas are checked without compiling code at run time', options, async () => {
  const answer = await runBundled(
    `
    import { validatePrompt, validateSettings } from '#core/schema-validators.ts';
    const good = validatePrompt({ messages: [{ role: 'user', content: 'Hello' }] });
    const bad = validatePrompt({ messages: 1 });
    console.log(JSON.stringify({
      good,
      bad,
      path: validatePrompt.errors?.[0]?.instancePath,
      settings: [validateSettings({}), validateSettings({ mode: 'loud' })],
    }));
  `,
    ['--disallow-code-generation-from-strings'],
  );
  assert.deepEqual(answer, { good: true, bad: false, path: '/messages', settings: [true, false] });
});

test('a static import of a package that is a file of its own is refused', async () => {
  const built = build({
    ...bundleOptions({ development: false }),
    logLevel: 'silent',
    stdin: { contents: `import OpenAI from 'openai'; console.log(OpenAI);`, resolveDir: root },
  });
  await assert.rejects(built, /openai is loaded when first needed: use await import\('openai'\)/);
});

test('js-tiktoken is never bundled, in programs and pages', async () => {
  for (const options of [
    bundleOptions({ development: false }),
    webviewOptions({ development: false }),
  ]) {
    const stdin = { contents: `import 'js-tiktoken/lite';`, resolveDir: root };
    const built = build({ ...options, logLevel: 'silent', stdin });
    await assert.rejects(built, /js-tiktoken\/lite is never bundled/);
  }
});

test('import.meta.url names the bundle', options, async () => {
  const answer = await runBundled('console.log(JSON.stringify(import.meta.url));');
  assert.match(String(answer), /^file:\/\/.*program\.cjs$/);
});

test('applications read prompts from the package, by import and by require', options, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-reader-'));
  t.after(() => rm(folder, { recursive: true }));
  await publishSample(new DirectoryRegistry(folder), 'say', '1.0.0', null, 'hello');
  const script = `
    import { createRequire } from 'node:module';
    import { openRegistry } from 'promptsmith/registry';
    const reader = openRegistry(process.argv[1]);
    const { version, messages } = await reader.prompt('say@latest');
    await reader.close();
    const required = createRequire(process.cwd() + '/')('promptsmith/registry');
    console.log(JSON.stringify([version, messages({ who: 'Ada' }), required.openRegistry === openRegistry]));
  `;
  const flags = ['--input-type=module', '--eval', script, folder];
  const { stdout } = await run(await findNode(22), flags, { cwd: root });
  const sent = [{ role: 'user', content: 'Say hello to Ada' }];
  assert.deepEqual(JSON.parse(stdout), ['1.0.0', sent, true]);
});
