import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { modelServer, type Reply } from '../support/model-server.ts';
import { Workbench } from './workbench.ts';

/** Must show up nowhere but in the header of its own server. */
const KEY = 'canary-51f0e7a2c9b3';

const PROMPT = `# Says hello.
name: Greeting
model: acme/chat
messages:
  - role: system
    content: Greet {{name}} in {{language}}.
  - role: user
    content: Hello, I am {{name}}.
variables:
  - { name: language, enum: [English, French], default: English }
  - { name: name, description: Who is greeted, example: Ada }
testData:
  - $case: { name: in French } # kept
    name: Zoé
    language: French
evaluators:
  - name: greets
    uses: promptsmith/contains
    with: { value: Hello }
`;

const HOSTILE =
  '<img src=x onerror="window.hacked=1"><b>bold</b> ![i](https://evil.example/i.png) [l](command:x) \u001b[31mred\u202e';

/** The playground against a model on loopback, as a person uses it. */
export async function playgroundTests(
  t: TestContext,
  server: VscodeServer,
  context: BrowserContext,
  pictures: string = tmpdir(),
): Promise<void> {
  let reply: (model: string) => Reply = () => ({ t: 'stream', text: 'Hello, Ada!' });
  await using models = await disposable(
    await modelServer(({ body }) => (body.messages ? reply(body.model) : MODELS)),
  );
  const folder = await server.workspace('playground');
  await writeFile(join(folder, 'greet.prompt.yaml'), PROMPT);
  await writeFile(join(folder, '.promptsmith.yaml'), settings(models.baseUrl, 'none'));
  // Else every window has another key for its secrets, and none is there after a reload.
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const view = page.frameLocator('iframe.webview').frameLocator('iframe');
  const answer = view.locator('.answer');
  const step = (name: string, run: () => Promise<void>) =>
    t.test(name, async (one) => {
      try {
        await run();
      } catch (error) {
        const picture = join(
          pictures,
          `promptsmith-${server.port}-${name.replace(/\W+/g, '-')}.png`,
        );
        await page.screenshot({ path: picture });
        one.diagnostic(`what was to be seen: ${picture}`);
        throw error;
      }
    });

  await step('the lens runs the prompt, and its answer is shown with its figures', async () => {
    await workbench.openFile('greet.prompt.yaml');
    await page.locator('.codelens-decoration a').filter({ hasText: '▶ Run $' }).first().click();
    await answer.getByText('Hello, Ada!').waitFor();
    await answer.getByText('complete').waitFor();
    await answer.getByText('12 billed, 25 predicted').waitFor();
    assert.equal(models.requests.length, 1);
    const [request] = models.requests;
    assert.equal(request?.body.messages[0]?.content, 'Greet Zoé in French.');
    assert.equal(request?.headers.authorization, undefined);
    await page.locator('[id="promptsmith.promptsmith.promptsmith.spent"]').waitFor();
  });

  await step('what is typed into the form is what is sent', async () => {
    await view.getByRole('textbox', { name: 'name' }).fill('Grace');
    await view.getByText('Hello, I am Grace.').waitFor({ state: 'attached' });
    await view.getByRole('combobox', { name: 'language' }).selectOption('English');
    reply = () => ({ t: 'stream', text: 'Hello, Grace!' });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('Hello, Grace!').waitFor();
    assert.equal(models.requests.at(-1)?.body.messages[0]?.content, 'Greet Grace in English.');
  });

  await step('the prompt’s checks run on the answer', async () => {
    await view.getByRole('button', { name: 'Run Checks' }).click();
    await answer.getByText('greets: passed').waitFor();
  });

  await step('the run is kept as a golden case, with the file’s comments', async () => {
    await view.getByRole('button', { name: 'Save as Golden Case…' }).click();
    await workbench.choices.filter({ hasText: 'expected' }).click();
    const name = page.locator('.quick-input-widget input[aria-label^="Name of the golden case"]');
    await name.fill('grace');
    await name.press('Enter');
    await workbench.textAppears('expected: Hello, Grace!');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'hidden' });
    const text = await readFile(join(folder, 'greet.prompt.yaml'), 'utf8');
    assert.match(text, /^# Says hello\.$/m);
    assert.match(text, /name: in French \} # kept/);
    assert.match(text, /name: grace/);
    await view.getByRole('combobox', { name: 'Golden case' }).selectOption('grace');
  });

  await step('an answer that does not end is stopped within a second', async () => {
    reply = () => ({ t: 'silence', text: 'Once upon a time' });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('Once upon a time').waitFor();
    const start = performance.now();
    await view.getByRole('button', { name: 'Stop', exact: true }).click();
    await answer.getByText('stopped', { exact: true }).waitFor();
    assert.ok(performance.now() - start < 1500, `${performance.now() - start} ms`);
    await answer.getByText('Once upon a time').waitFor();
  });

  await step('an error says what to do, and loses nothing that had come', async () => {
    const table: [Reply, RegExp][] = [
      [{ t: 'status', status: 401, body: { error: { message: 'bad key' } } }, /refuses the key/],
      [{ t: 'status', status: 400, body: { error: { message: 'no seed' } } }, /no seed/],
      [{ t: 'status', status: 302, headers: { location: 'http://127.0.0.1:9' } }, /not followed/],
      [{ t: 'raw', text: '<html>' }, /ended in the middle/],
    ];
    for (const [failure, message] of table) {
      reply = () => failure;
      await view.getByRole('button', { name: 'Run', exact: true }).click();
      await answer.locator('.error').getByText(message).waitFor();
    }
    let asked = 0;
    reply = () =>
      ++asked === 1 ? { t: 'cut', text: 'Half', hard: true } : { t: 'stream', text: 'Whole' };
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('Whole', { exact: true }).waitFor();
    await answer.getByText('trying again').waitFor();
  });

  await step('an outage is answered by the next provider of the route, which is said', async () => {
    reply = () => ({ t: 'status', status: 503, headers: { 'retry-after': '60' } });
    await using spare = await disposable(
      await modelServer(() => ({ t: 'stream', text: 'From the spare' })),
    );
    await writeFile(
      join(folder, '.promptsmith.yaml'),
      `${settings(models.baseUrl, 'none').replace('provider: lab', 'provider: lab, fallback: [spare]')}
  spare: { baseUrl: "${spare.baseUrl}", key: none }
`,
    );
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('From the spare').waitFor();
    await answer.getByText('going on with spare').waitFor();
    await writeFile(join(folder, '.promptsmith.yaml'), settings(models.baseUrl, 'none'));
  });

  await step('a hostile answer is text', async () => {
    reply = () => ({ t: 'stream', text: HOSTILE });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    const text = answer.locator('.text').filter({ hasText: 'red' });
    await text.waitFor();
    const shown = await text.textContent();
    assert.ok(shown?.includes('<img src=x onerror="window.hacked=1"><b>bold</b>'), shown ?? '');
    assert.ok(shown?.includes('␛[31mred⟦U+202E⟧'), shown ?? '');
    assert.equal(await text.locator('img, b, a').count(), 0);
    assert.equal(await text.evaluate(() => 'hacked' in globalThis), false);
  });

  await step('five megabytes in ten thousand lines come in whole', async () => {
    const line = `${'0123456789 '.repeat(46)}\n`;
    const text = `${line.repeat(10_000)}The end.`;
    reply = () => ({ t: 'chunks', text, size: 5_000 });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('The end.').waitFor({ timeout: 60_000, state: 'attached' });
    assert.equal((await answer.locator('.text').textContent())?.length, text.length);
  });

  await step('a JSON answer is checked and shown as a tree', async () => {
    reply = () => ({ t: 'stream', text: '{"greeting": {"text": "Hello"}, "n": [1, 2]}' });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('✓ valid JSON').waitFor();
    await answer.locator('.tree summary').filter({ hasText: 'greeting' }).click();
    await answer.locator('.tree').getByText('"Hello"').waitFor();
  });

  await step('a conversation goes on', async () => {
    reply = () => ({ t: 'stream', text: 'And again.' });
    await view.getByLabel('Go on with the conversation').fill('Once more');
    await view.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('And again.').waitFor();
    const said = models.requests.at(-1)?.body.messages.map(({ role }) => role);
    assert.deepEqual(said, ['system', 'user', 'assistant', 'user']);
    await view.getByText('What is sent').click();
    await view.getByRole('button', { name: 'Start Over' }).click();
    await view.getByText('What is sent').click();
  });

  await step('three models answer side by side', async () => {
    reply = (model) => ({ t: 'stream', text: `I am ${model}.` });
    await view.getByRole('button', { name: 'Models…' }).click();
    const input = page.locator('.quick-input-widget input.input');
    for (const id of ['lab/second', 'lab/third']) {
      await input.fill(id);
      await workbench.choices.filter({ hasText: id }).first().getByRole('checkbox').click();
    }
    await input.fill('');
    await page
      .locator('.quick-input-widget')
      .getByRole('button', { name: 'OK', exact: true })
      .click();
    await view.getByText('acme/chat · lab/second · lab/third').waitFor();
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    for (const id of ['acme/chat', 'second', 'third'])
      await view.getByText(`I am ${id}.`).waitFor();
    assert.equal(await answer.count(), 3);
    await view.getByRole('button', { name: 'Differences' }).first().click();
    await page.locator('.tab.active').filter({ hasText: '↔' }).waitFor();
    await workbench.command('View: Close Editor');
  });

  await step('the call is copied as a command without a key', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await view.getByRole('button', { name: 'Copy as…' }).click();
    await workbench.choices.filter({ hasText: 'cURL' }).click();
    await page.getByText('The call is copied, without a key').waitFor();
    const text = String(await page.evaluate('navigator.clipboard.readText()'));
    assert.match(text, /^curl 'http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions'/);
  });

  await step('a key is set for its origin, tested, sent there and removed', async () => {
    await writeFile(join(folder, '.promptsmith.yaml'), settings(models.baseUrl, 'LAB_KEY'));
    await workbench.command('Promptsmith: Set API Key…', 'lab');
    const input = page.locator('.quick-input-widget input.input');
    await input.fill(KEY);
    await page
      .locator('.quick-input-widget')
      .getByRole('button', { name: 'Test this key' })
      .click();
    await page.getByText('The key works: 1 models.').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await view.getByText('I am third.').waitFor();
    assert.equal(models.requests.at(-1)?.headers.authorization, `Bearer ${KEY}`);
  });

  await step('after a reload the key, the choices and the last answers are there', async () => {
    await page.reload();
    await view.getByText('I am third.').waitFor({ timeout: 30_000 });
    await view.getByText('acme/chat · lab/second · lab/third').waitFor();
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('complete').first().waitFor();
    assert.equal(models.requests.at(-1)?.headers.authorization, `Bearer ${KEY}`);
    await workbench.command('Promptsmith: Remove API Key…', models.origin);
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(`There is no API key for ${models.origin}`).first().waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await writeFile(join(folder, '.promptsmith.yaml'), settings(models.baseUrl, 'none'));
  });

  await step('past runs are found by their words and shown again', async () => {
    await view.getByRole('button', { name: 'History…' }).click();
    await page.locator('.quick-input-widget input.input').fill('spare');
    await workbench.choices.filter({ hasText: 'From the spare' }).first().click();
    await view.getByText('From the spare').waitFor();
  });

  await step('the key is in no file and no log, and the page has no errors', async () => {
    assert.deepEqual(workbench.errors, []);
    assert.deepEqual(filesWith(KEY, server.folder), []);
  });
}

/** Files below a folder that hold a text; the secrets themselves are encrypted. */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/extensions'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

const MODELS: Reply = {
  t: 'raw',
  type: 'application/json',
  text: JSON.stringify({ object: 'list', data: [{ id: 'tiny' }] }),
};

function settings(baseUrl: string, key: string): string {
  return `models:
  acme/chat: { input: 0.5, output: 1.5, context: 32768, encoding: o200k_base }
routes: [{ model: "acme/*", provider: lab }]
providers:
  lab: { baseUrl: "${baseUrl}", key: ${key} }
`;
}

async function disposable<T extends { close(): Promise<void> }>(
  one: T,
): Promise<T & AsyncDisposable> {
  return Object.assign(one, { [Symbol.asyncDispose]: () => one.close() });
}
