import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Frame } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { writeLargeRuns } from '../support/large-runs.ts';
import { accessibilityViolations, ownFrame } from './accessibility.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { THEMES, Workbench } from './workbench.ts';

const CASES = 10_000;

/** A run of 10,000 cases in the results view. */
export async function resultsTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const folder = await server.workspace('large');
  await writeLargeRuns(folder, CASES);
  const workbench = await Workbench.open(context, server.url(folder));
  const { page, webview: view } = workbench;
  const step = steps(t, workbench);
  const main = view.getByRole('main');
  const grid = view.getByRole('grid');

  await step('a run of 10,000 cases is shown, what failed first', async () => {
    await workbench.openFile('large.prompt.yaml');
    await workbench.line('9166/10000').waitFor();
    const start = performance.now();
    await workbench.command('Promptsmith: Show Evaluation Results');
    await main.getByText('10,000 of 10,000').waitFor();
    t.diagnostic(
      `${CASES} cases shown ${Math.round(performance.now() - start)} ms after the command`,
    );
    assert.match((await view.locator('.line').first().textContent()) ?? '', /✗ failed/);
    await view.getByRole('img', { name: /worse, \d+ better/ }).waitFor();
  });

  await step('scrolling and filtering take a moment only', async () => {
    const { filterMs, scrollMs, lines } = await timed(ownFrame(page));
    const [filter, scroll] = [median(filterMs), median(scrollMs)];
    t.diagnostic(
      `${CASES} cases: filter ${filter} ms a key, scroll ${scroll} ms a page (two frames)`,
    );
    assert.ok(lines < 150, `${lines} lines are drawn`);
    assert.ok(filter < 250, `filter: ${filterMs.join()} ms`);
    assert.ok(scroll < 250, `scroll: ${scrollMs.join()} ms`);
    await main.getByText('10,000 of 10,000').waitFor();
  });

  await step('the table is read and its cases opened by keyboard', async () => {
    await grid.focus();
    await page.keyboard.press('End');
    const last = view.locator('.line[aria-selected="true"]');
    await last.getByText('case-9998').waitFor();
    assert.equal(await grid.getAttribute('aria-activedescendant'), await last.getAttribute('id'));
    assert.equal(await grid.getAttribute('aria-rowcount'), String(CASES + 1));
    await page.keyboard.press('Enter');
    await view.locator('.detail pre').getByText('question 9998').first().waitFor();
    await page.keyboard.press('Escape');
    await view.locator('.detail').waitFor({ state: 'detached' });
    await page.keyboard.press('Home');
    await last.getByText('✗ failed').waitFor();
    await view.getByRole('searchbox').fill('سفارش case-3');
    await main.getByText(/^\d+ of 10,000$/).waitFor();
    await view.getByRole('columnheader', { name: 'Latency' }).getByRole('button').press('Enter');
    await view.locator('[aria-sort="ascending"]').getByText('Latency').waitFor();
  });

  await step('axe has nothing to object, in any theme', async () => {
    await grid.focus();
    await page.keyboard.press('Enter');
    await view.locator('.detail pre').first().waitFor();
    await mkdir(join(folder, '.vscode'), { recursive: true });
    for (const [theme, kind] of THEMES) {
      const settings = JSON.stringify({ 'workbench.colorTheme': theme });
      await writeFile(join(folder, '.vscode/settings.json'), settings);
      await view.locator(`body.${kind}`).waitFor();
      assert.deepEqual(await accessibilityViolations(page), [], theme);
      const { SCREENSHOTS } = process.env;
      if (SCREENSHOTS) {
        await page.screenshot({ path: join(SCREENSHOTS, `${kind}-case.png`) });
        await view.locator('h1').scrollIntoViewIfNeeded();
        await page.screenshot({ path: join(SCREENSHOTS, `${kind}.png`) });
        await view.locator('.detail').scrollIntoViewIfNeeded();
      }
    }
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}

/** How long the page's own work takes for each key of a filter, and for each page scrolled, in ms. */
async function timed(
  frame: Frame,
): Promise<{ filterMs: number[]; scrollMs: number[]; lines: number }> {
  return await frame.evaluate(`(async () => {
    const frameDone = () => new Promise((done) => requestAnimationFrame(done));
    const input = document.querySelector('input[type=search]');
    const grid = document.querySelector('[role=grid]');
    const filterMs = [];
    for (const text of ['c', 'ca', 'cas', 'case', 'case-', 'case-7', '']) {
      await frameDone();
      input.value = text;
      const start = performance.now();
      input.dispatchEvent(new Event('input'));
      document.body.getBoundingClientRect();
      filterMs.push(Math.round(performance.now() - start));
    }
    const scrollMs = [];
    let lines = 0;
    for (let i = 1; i <= 40; i++) {
      grid.scrollTop = (i * grid.scrollHeight) / 40;
      const start = performance.now();
      await frameDone();
      await frameDone();
      document.body.getBoundingClientRect();
      scrollMs.push(Math.round(performance.now() - start));
      lines = Math.max(lines, document.querySelectorAll('.line').length);
    }
    grid.scrollTop = 0;
    await frameDone();
    return { filterMs, scrollMs, lines };
  })()`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
