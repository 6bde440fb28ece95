import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { eventually, persist } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { CASES, evalScene } from './eval-scene.ts';
import type { Part } from './part.ts';
import type { Workbench } from './workbench.ts';

/** Golden cases run from the editor against a model on loopback, as a person does it. */
export async function evalTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const scene = await evalScene(t, server, context);
  const { folder, models, model, asked, workbench, page, view, step } = scene;
  const { explorer, lens, output, notice, gutter, runs, newest, rewrite } = scene;

  await step('every prompt with golden cases is in the Test Explorer', async () => {
    await workbench.openFile('echo.prompt.yaml');
    // VS Code asks for no lenses while the focus is elsewhere.
    await lens.getByText('▶ Evaluate 20 cases ≈ $0.0007').waitFor();
    await workbench.command('Testing: Focus on Test Explorer View');
    await explorer.locator('.monaco-list-row').getByText('Echo').first().waitFor();
    await gutter('testing-run-icon').first().waitFor();
  });

  await step('all run; what failed and what errored stand apart', async () => {
    model.isUp = false;
    await workbench.command('Test: Run All Tests');
    await explorer.getByText('18/20').waitFor();
    await gutter('testing-error-icon').waitFor();
    await gutter('testing-failed-icon').waitFor();
    assert.equal(models.requests.length, CASES);
    await output.getByText('18/20 passed, 1 errored').waitFor();
    model.isUp = true;
  });

  await step('a failed check shows what was expected and what came', async () => {
    await workbench.command('Test: Peek Output');
    await workbench.command('Test: Go to Next Test Failure');
    const peek = page.locator('.zone-widget.test-output-peek');
    await peek.locator('.monaco-diff-editor').getByText('w7x').first().waitFor();
    await page.keyboard.press('Escape');
  });

  await step('errored cases are asked again, the others are not', async () => {
    const before = models.requests.length;
    await pickProfile(workbench, 'Retry Unanswered Cases');
    await gutter('testing-error-icon').waitFor({ state: 'detached' });
    await output.getByText('19/20 passed').waitFor();
    assert.equal(models.requests.length, before + 1);
    assert.equal((await runs()).length, 1, 'it is part of the same run');
  });

  await step('one case runs alone', async () => {
    const [asked, count] = [models.requests.length, (await runs()).length];
    await workbench.goTo(9);
    await workbench.command('Test: Run Test at Cursor');
    await explorer.getByText('1/1').waitFor();
    const { run, totals } = await eventually(async () => {
      assert.equal((await runs()).length, count + 1);
      return JSON.parse(await newest('summary.json'));
    });
    assert.deepEqual([run.cases, totals.passed, totals.cachedShare], [1, 1, 1]);
    assert.equal(models.requests.length, asked, 'its answer is kept from before');
    await output.getByText('c1 passed').waitFor();
    assert.equal(await output.getByText(/ccepted|vs /).count(), 0, 'it is about one case');
    await workbench.goTo(28);
    await workbench.textAppears('19/20 passed');
  });

  await step(
    'results are outdated as soon as the prompt changes, and after undoing it',
    async () => {
      const shown = page.locator('.cgmr.testing-run-glyph');
      const outdated = page.locator('.cgmr.testing-run-glyph.retired');
      const allOutdated = async () => {
        const count = await outdated.count();
        return count > 5 && count === (await shown.count());
      };
      assert.equal(await outdated.count(), 0);
      await workbench.goTo(6, 15);
      await page.keyboard.type('Please ');
      await eventually(allOutdated);
      for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Z');
      await workbench.textAppears('content: "Say {{word}}"');
      await eventually(allOutdated);
    },
  );

  await step('a changed prompt is compared with HEAD, and the verdict is said', async () => {
    await rewrite('Mumble');
    await lens.getByText(/Evaluate 20 cases ≈ \$[\d.]+ vs HEAD/).waitFor();
    const before = models.requests.length;
    await persist(async () => {
      await lens.getByText('Evaluate').click();
      await eventually(() => models.requests.length > before, 10_000);
    });
    await notice
      .getByText(/Regression vs HEAD: 95 % → 45 % of 20 cases/)
      .waitFor({ timeout: 40_000 });
    const { comparison } = JSON.parse(await newest('summary.json'));
    assert.equal(comparison.verdict, 'regression');
    assert.equal(comparison.toFailed.length, 10);
  });

  await step('the results view shows the verdict and every case, what failed first', async () => {
    await notice.getByText('Show Results').click();
    await view
      .getByRole('heading', { name: /Regression vs HEAD: 95 % → 45 % of 20 cases/ })
      .waitFor();
    await view.getByRole('img', { name: /^Difference in pass rate/ }).waitFor();
    await view.getByRole('img', { name: /10 worse, 0 better/ }).waitFor();
    assert.match((await view.locator('.line').first().textContent()) ?? '', /✗ failed/);
    await view.getByRole('combobox').selectOption('changed');
    await view.getByRole('main').getByText('10 of 20').waitFor();
    await view.getByRole('searchbox').fill('c12');
    await view.getByRole('main').getByText('1 of 20').waitFor();
  });

  await step('a case is opened by keyboard, with both answers', async () => {
    await view.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await view.locator('.detail pre').getByText('mm', { exact: true }).waitFor();
    await view.locator('.detail pre').getByText('I say w12x').waitFor();
  });

  await step('the results survive a reload of the window, as they were filtered', async () => {
    await workbench.reload();
    await view.getByRole('main').getByText('1 of 20').waitFor({ timeout: 40_000 });
    assert.equal(await view.getByRole('searchbox').inputValue(), 'c12');
  });

  await step('results are exported as a page that opens in a browser', async () => {
    await view.getByText('Export…').click();
    await workbench.choices.filter({ hasText: 'HTML' }).click();
    await workbench.saveAsOffered(/\.html$/);
    const file = await eventually(async () =>
      (await readdir(folder)).find((name) => name.endsWith('.html')),
    );
    const report = await context.newPage();
    await report.goto(`file://${join(folder, file)}`);
    await report.getByText(/Regression vs HEAD: 95 % → 45 % of 20 cases/).waitFor();
    await report.getByText('I say w12x').first().waitFor();
    await report.close();
    await workbench.openFile('echo.prompt.yaml');
  });

  await step('a run is cancelled within a second, and what is finished is kept', async () => {
    await rewrite('Wait');
    await workbench.command('Test: Run All Tests');
    await asked;
    await workbench.command('Promptsmith: Cancel Evaluation');
    const start = Date.now();
    const end = await eventually(async () => {
      const last = JSON.parse((await newest('events.jsonl')).trim().split('\n').at(-1) ?? '');
      return last.t === 'end' && last;
    });
    assert.equal(end.reason, 'cancelled');
    const took = Date.parse(end.at) - start;
    t.diagnostic(`cancelled ${took} ms after the command`);
    assert.ok(took < 1000, `${took} ms`);
    await output.getByText(/Canceled after \d+ of 20 cases; nothing is decided/).waitFor();
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}

/** Runs with a profile that is not the default one. */
async function pickProfile(workbench: Workbench, profile: string): Promise<void> {
  const { page } = workbench;
  const first = page.locator('.test-explorer .monaco-list-row').first();
  const attempt = async () => {
    await first.click({ button: 'right', timeout: 10_000 });
    const item = page.getByRole('menuitem', { name: 'Execute Using Profile...' });
    // A menu that has just opened may drop a click; a key it takes.
    await item.hover({ timeout: 10_000 });
    await page.keyboard.press('Enter');
    await workbench.choices.filter({ hasText: profile }).click({ timeout: 10_000 });
  };
  await persist(attempt, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });
}
