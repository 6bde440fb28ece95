import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { modelServer, type Reply } from '../support/model-server.ts';
import { playgroundScene } from './playground-scene.ts';

const HOSTILE =
  '<img src=x onerror="window.hacked=1"><b>bold</b> ![i](https://evil.example/i.png) [l](command:x) \u001b[31mred\u202e';

/** Answers of every kind in the playground: broken, hostile, huge, structured. */
export async function playgroundAnswerTests(
  t: TestContext,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const scene = await playgroundScene(t, server, context);
  const { workbench, view, answer, models, step, answerWith, run, configure } = scene;
  const { page } = workbench;

  await step('an answer that does not end is stopped within a second', async () => {
    await workbench.openFile('greet.prompt.yaml');
    answerWith(() => ({ t: 'silence', text: 'Once upon a time' }));
    await workbench.command('Promptsmith: Run Prompt');
    await answer.getByText('Once upon a time').waitFor();
    const start = performance.now();
    await view.getByRole('button', { name: 'Stop', exact: true }).click();
    await answer.getByText('stopped', { exact: true }).waitFor();
    assert.ok(performance.now() - start < 1000, `${performance.now() - start} ms`);
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
      answerWith(() => failure);
      await run();
      await answer.locator('.error').getByText(message).waitFor();
    }
    let asked = 0;
    answerWith(() =>
      ++asked === 1 ? { t: 'cut', text: 'Half', hard: true } : { t: 'stream', text: 'Whole' },
    );
    await run();
    await answer.getByText('Whole', { exact: true }).waitFor();
    await answer.getByText('trying again').waitFor();
  });

  await step('an outage is answered by the next provider of the route, which is said', async () => {
    answerWith(() => ({ t: 'status', status: 503, headers: { 'retry-after': '60' } }));
    const spare = await modelServer(() => ({ t: 'stream', text: 'From the spare' }));
    try {
      await configure({ spare: spare.baseUrl });
      await run();
      await answer.getByText('From the spare').waitFor();
      await answer.getByText('going on with spare').waitFor();
    } finally {
      await spare.close();
      await configure();
    }
  });

  await step('a hostile answer is text', async () => {
    answerWith(() => ({ t: 'stream', text: HOSTILE }));
    await run();
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
    answerWith(() => ({ t: 'chunks', text, size: 5_000 }));
    await run();
    await answer.getByText('The end.').waitFor({ timeout: 60_000, state: 'attached' });
    assert.equal((await answer.locator('.text').textContent())?.length, text.length);
  });

  await step('a JSON answer is checked and shown as a tree', async () => {
    answerWith(() => ({ t: 'stream', text: '{"greeting": {"text": "Hello"}, "n": [1, 2]}' }));
    await run();
    await answer.getByText('✓ valid JSON').waitFor();
    await answer.locator('.tree summary').filter({ hasText: 'greeting' }).click();
    await answer.locator('.tree').getByText('"Hello"').waitFor();
  });

  await step('a conversation goes on', async () => {
    answerWith(() => ({ t: 'stream', text: 'And again.' }));
    await view.getByLabel('Go on with the conversation').fill('Once more');
    await view.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('And again.').waitFor();
    const said = models.requests.at(-1)?.body.messages.map(({ role }) => role);
    assert.deepEqual(said, ['system', 'user', 'assistant', 'user']);
    await view.getByText('What is sent').click();
    await view.getByRole('button', { name: 'Start Over' }).click();
    await view.getByText('What is sent').click();
  });

  await step('the call is copied as a command that works when it is pasted', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await view.getByRole('button', { name: 'Copy as…' }).click();
    await workbench.choices.filter({ hasText: 'cURL' }).click();
    await page.getByText('The call is copied, without a key').waitFor();
    const command = String(await page.evaluate('navigator.clipboard.readText()'));
    answerWith(() => ({ t: 'whole', text: 'From the shell' }));
    const { stdout } = await promisify(execFile)('bash', ['-c', command]);
    assert.equal(JSON.parse(stdout).choices[0].message.content, 'From the shell');
    const [pasted, run] = [models.requests.at(-1)?.body, models.requests.at(-3)?.body];
    assert.deepEqual(pasted?.messages.slice(0, 2), run?.messages.slice(0, 2));
    for (const sdk of ['TypeScript', 'Python']) {
      await view.getByRole('button', { name: 'Copy as…' }).click();
      await workbench.choices.filter({ hasText: sdk }).click();
      await page.getByText('The call is copied, without a key').waitFor();
      const program = String(await page.evaluate('navigator.clipboard.readText()'));
      assert.ok(program.includes(models.baseUrl), program);
    }
  });

  await step('the page has no errors', async () => assert.deepEqual(workbench.errors, []));
}
