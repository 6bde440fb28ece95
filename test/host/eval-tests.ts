import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { commitAll } from '../support/git.ts';
import { modelServer, type Reply } from '../support/model-server.ts';
import { Workbench } from './workbench.ts';

const CASES = 20;

/** Twenty cases; the first word of the prompt decides what the model makes of them. */
function prompt(verb: string): string {
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

/** Golden cases run from the editor against a model on loopback, as a person does it. */
export async function evalTests(
  t: TestContext,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  let isUp = true;
  let isAsked = (): void => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const models = await modelServer(({ body }): Reply => {
    const [verb = '', word = ''] = (body.messages.at(-1)?.content ?? '').split(' ');
    if (verb === 'Wait') {
      isAsked();
      return { t: 'nothing' };
    }
    if (word === 'w3x' && !isUp) return { t: 'status', status: 400, body: { error: {} } };
    const isMumbled = word === 'w7x' || (verb === 'Mumble' && /w1\dx/.test(word));
    return { t: 'stream', text: isMumbled ? 'mm' : `I say ${word}` };
  });
  t.after(() => models.close());
  const folder = await server.workspace('evals');
  const file = join(folder, 'echo.prompt.yaml');
  await writeFile(
    join(folder, '.promptsmith.yaml'),
    `models:
  acme/chat: { input: 0.5, output: 1.5, context: 32768, encoding: o200k_base }
providers: { lab: { baseUrl: "${models.baseUrl}", key: none } }
routes: [{ model: "acme/*", provider: lab }]
`,
  );
  await writeFile(join(folder, '.gitignore'), '.promptsmith\n');
  await writeFile(file, prompt('Say'));
  commitAll(folder, 'first');

  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const explorer = page.locator('.test-explorer');
  const lens = page.locator('.codelens-decoration a');
  const view = workbench.webview;
  const output = page.locator('.xterm-rows');
  const runs = () => readdir(join(folder, '.promptsmith/runs/echo'));

  await t.test('every prompt with golden cases is in the Test Explorer', async () => {
    await workbench.openFile('echo.prompt.yaml');
    await workbench.command('Testing: Focus on Test Explorer View');
    await explorer.locator('.monaco-list-row').getByText('Echo').first().waitFor();
    await gutter(page, 'testing-run-icon').first().waitFor();
    await lens.getByText('▶ Evaluate 20 cases ≈ $0.0007').waitFor();
  });

  await t.test('all run; what failed and what errored stand apart', async () => {
    isUp = false;
    await workbench.command('Test: Run All Tests');
    await explorer.getByText('18/20').waitFor();
    await gutter(page, 'testing-error-icon').waitFor();
    await gutter(page, 'testing-failed-icon').waitFor();
    assert.equal(models.requests.length, CASES);
    await output.getByText('18/20 passed, 1 errored').waitFor();
    isUp = true;
  });

  await t.test('a failed check shows what was expected and what came', async () => {
    await workbench.command('Test: Peek Output');
    await workbench.command('Test: Go to Next Test Failure');
    const peek = page.locator('.zone-widget.test-output-peek');
    await peek.locator('.monaco-diff-editor').getByText('w7x').first().waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('errored cases are asked again, the others are not', async () => {
    const before = models.requests.length;
    await pickProfile(workbench, 'Ask Errored Cases Again');
    await gutter(page, 'testing-error-icon').waitFor({ state: 'detached' });
    assert.equal(models.requests.length, before + 1);
    assert.equal((await runs()).length, 1, 'it is part of the same run');
  });

  await t.test('one case runs alone', async () => {
    const before = models.requests.length;
    await workbench.goTo(9);
    await workbench.command('Test: Run Test at Cursor');
    await explorer.getByText('1/1').waitFor();
    assert.equal(models.requests.length, before + 1);
    assert.equal(models.requests.at(-1)?.body.messages[0]?.content, 'Say w1x');
  });

  await t.test('a changed prompt is compared with HEAD, and the verdict is said', async () => {
    await rewrite(workbench, 'Mumble');
    await lens.getByText('Evaluate').click();
    const notice = page.locator('.notification-toast');
    await notice
      .getByText(/vs HEAD: regression: 95 → 45 % of 20 cases pass/)
      .waitFor({ timeout: 30_000 });
    const newest = (await runs()).sort().at(-1) ?? '';
    const path = join(folder, '.promptsmith/runs/echo', newest, 'summary.json');
    const { comparison } = JSON.parse(await readFile(path, 'utf8'));
    assert.equal(comparison.verdict, 'regression');
    assert.equal(comparison.toFailed.length, 10);
  });

  await t.test('the results view shows the verdict and every case, what failed first', async () => {
    await page.locator('.notification-toast').getByText('Show Results').click();
    await view.getByRole('heading', { name: /regression: 95 → 45 % of 20 cases pass/ }).waitFor();
    await view.getByRole('img', { name: /^Difference in pass rate/ }).waitFor();
    await view.getByRole('img', { name: /10 worse, 0 better/ }).waitFor();
    assert.match((await view.locator('.line').first().textContent()) ?? '', /✗ failed/);
    await view.getByRole('combobox').selectOption('changed');
    await view.getByText('10 of 20').waitFor();
    await view.getByRole('searchbox').fill('c12');
    await view.getByText('1 of 20').waitFor();
  });

  await t.test('a case is opened by keyboard, with both answers', async () => {
    await view.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await view.locator('.detail pre').getByText('mm', { exact: true }).waitFor();
    await view.locator('.detail pre').getByText('I say w12x').waitFor();
  });

  await t.test('the results survive a reload of the window, as they were filtered', async () => {
    await Promise.all([page.waitForEvent('load'), workbench.command('Developer: Reload Window')]);
    await view.getByText('1 of 20').waitFor({ timeout: 40_000 });
    assert.equal(await view.getByRole('searchbox').inputValue(), 'c12');
  });

  await t.test('results are exported as a page that opens in a browser', async () => {
    await view.getByText('Export as HTML…').click();
    const name = page.locator('.quick-input-widget input.input');
    await name.fill(join(folder, 'report.html'));
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const report = await context.newPage();
    await eventually(() => readFile(join(folder, 'report.html')));
    await report.goto(`file://${join(folder, 'report.html')}`);
    assert.equal(await report.locator('tbody tr').count(), CASES);
    await report.close();
    await workbench.openFile('echo.prompt.yaml');
  });

  await t.test('a run is cancelled within a second, and what is finished is kept', async () => {
    await rewrite(workbench, 'Wait');
    await workbench.command('Test: Run All Tests');
    await asked;
    await workbench.command('Promptsmith: Cancel Evaluation');
    const start = performance.now();
    await output.getByText('cancelled: finished cases are kept').waitFor();
    const took = Math.round(performance.now() - start);
    t.diagnostic(`cancelled after ${took} ms`);
    assert.ok(took < 1000, `${took} ms`);
    const newest = (await runs()).sort().at(-1) ?? '';
    const events = await readFile(
      join(folder, '.promptsmith/runs/echo', newest, 'events.jsonl'),
      'utf8',
    );
    const end = JSON.parse(events.trim().split('\n').at(-1) ?? '');
    assert.equal(end.reason, 'cancelled');
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}

/** What `read` resolves to as soon as it does not reject any more. */
async function eventually<T>(read: () => Promise<T>): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(50);
    }
  }
}

function gutter(page: Page, icon: string) {
  return page.locator(`.cgmr.codicon-${icon}`);
}

/** Runs with a profile that is not the default one. */
async function pickProfile(workbench: Workbench, profile: string): Promise<void> {
  const { page } = workbench;
  await page.locator('.test-explorer .monaco-list-row').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Execute Using Profile...' }).click();
  await workbench.choices.filter({ hasText: profile }).click();
}

/** Replaces a word of the prompt, as typing does, and saves. */
async function rewrite(workbench: Workbench, to: string): Promise<void> {
  const { page } = workbench;
  await workbench.goTo(6, 15);
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.type(to);
  await workbench.textAppears(`content: "${to} {{word}}"`);
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
}
