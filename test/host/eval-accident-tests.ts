import assert from 'node:assert/strict';
import type { BrowserContext } from 'playwright-core';
import { eventually } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { accessibilityViolations } from './accessibility.ts';
import { CASES, evalScene } from './eval-scene.ts';
import type { Part } from './part.ts';

/** What goes wrong on an ordinary day, and how a run goes on after it; several models. */
export async function evalAccidentTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const scene = await evalScene(t, server, context);
  const {
    models,
    model,
    workbench,
    page,
    view,
    step,
    explorer,
    lens,
    notice,
    runs,
    newest,
    gutter,
  } = scene;
  const prompt = explorer.locator('.monaco-list-row .computed-state').first();
  const marked = (icon: string) => prompt.and(page.locator(`.codicon-testing-${icon}-icon`));

  await step('a run that is canceled decides nothing', async () => {
    await workbench.openFile('echo.prompt.yaml');
    await lens.getByText('▶ Evaluate 20 cases').waitFor();
    await workbench.command('Testing: Focus on Test Explorer View');
    model.left = 4;
    await workbench.command('Promptsmith: Evaluate Prompt');
    await gutter('testing-passed-icon').nth(3).waitFor();
    await eventually(() => models.requests.length > 4);
    await workbench.command('Promptsmith: Cancel Evaluation');
    await notice.getByText('Canceled after 4 of 20 cases; nothing is decided').waitFor();
    await marked('error').waitFor();
    await notice.getByText('Show Results').click();
    await view.getByRole('heading', { name: /Inconclusive: the run was canceled/ }).waitFor();
    assert.equal(await view.getByText('Accepted').count(), 0);
  });

  await step('it is resumed where it was, without asking anything twice', async () => {
    model.left = Number.POSITIVE_INFINITY;
    const before = models.requests.length;
    await view.getByRole('button', { name: 'Resume' }).first().click();
    await view.getByRole('heading', { name: /19 of 20 cases pass/ }).waitFor();
    assert.equal(models.requests.length, before + CASES - 4);
    assert.equal((await runs()).length, 1);
    await view.getByRole('button', { name: 'Resume' }).first().waitFor({ state: 'hidden' });
  });

  await step(
    'missing answers leave a run inconclusive, until they are asked for again',
    async () => {
      await workbench.openFile('echo.prompt.yaml');
      await scene.rewrite('Tell');
      model.isUp = false;
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Promptsmith: Evaluate Prompt');
      await notice.getByText('Inconclusive: 1 of 20 answers is missing').waitFor();
      model.isUp = true;
      const before = models.requests.length;
      await notice.getByText('Retry Unanswered').click();
      await notice.getByText(/19 of 20 cases pass/).waitFor();
      assert.equal(models.requests.length, before + 1);
      const { comparison } = JSON.parse(await newest('summary.json'));
      assert.equal(comparison.baseName, 'HEAD', 'it is compared as before');
    },
  );

  await step('models are compared on the golden cases, side by side', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.openFile('echo.prompt.yaml');
    await workbench.ask('Promptsmith: Compare Models', 'Models to compare on the golden cases');
    await workbench.choices.filter({ hasText: /acme\/chat.*\$0\.00\d+ for all cases/ }).waitFor();
    await page.locator('.quick-input-widget input.input').fill('acme/other');
    await workbench.choices.filter({ hasText: 'acme/other' }).getByRole('checkbox').click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const table = view.getByRole('table').first();
    await table.getByText('acme/other').waitFor();
    assert.equal(await table.getByRole('rowheader').count(), 2);
    await view.getByRole('img', { name: /^Pass rate over cost per call: acme\/chat/ }).waitFor();
    await view.getByRole('heading', { name: /19 of 20 cases pass/ }).waitFor();
    await view.getByRole('heading', { name: '12 failures' }).waitFor();
    assert.deepEqual(await accessibilityViolations(page), []);
  });

  await step('no column of the table is cut in a narrow page', async () => {
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    for (const width of [540, 760, 1280]) {
      await page.setViewportSize({ ...size, width });
      const grid = view.getByRole('grid');
      await eventually(async () =>
        grid.evaluate((one) => one.scrollWidth <= one.clientWidth && one.clientWidth > 0),
      );
      assert.ok((await view.getByRole('columnheader').count()) >= 3, `${width} px`);
    }
    await page.setViewportSize(size);
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}
