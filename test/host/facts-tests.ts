import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { loadPriceList } from '#io/catalogue.ts';
import { eventually } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

const PROMPT = `model: openai/gpt-4o-mini
messages:
  - role: user
    content: Write to {{name}}.
testFiles:
  - cases.csv
`;

/** Prices that were fetched, and test files that Excel has written. */
export async function factsTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const folder = await server.workspace('facts');
  await writeFile(join(folder, 'mail.prompt.yaml'), PROMPT);
  await writeFile(join(folder, 'cases.csv'), 'name\nMüller\n', 'latin1');
  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const step = steps(t, workbench);
  const dialog = page.locator('.monaco-dialog-box');
  const notice = page.locator('.notification-toast');
  const prices = join(server.folder, 'home/.config/promptsmith/prices.json');

  await step('a test file of Excel is converted by its quick fix', async () => {
    await workbench.openFile('mail.prompt.yaml');
    await page.locator('.squiggly-error').first().waitFor();
    await workbench.goTo(6, 6);
    const fix = page.locator('.action-widget').getByText('Convert to UTF-8');
    await workbench.pressUntil('Control+.', fix);
    // While the list appears, a click is taken by what is behind it.
    await page.keyboard.press('Enter');
    await notice.getByText('Converted to UTF-8: cases.csv').waitFor();
    assert.equal(await readFile(join(folder, 'cases.csv'), 'utf8'), 'name\nMüller\n');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  await step(
    'before prices are fetched it is said from where, and nothing is without consent',
    async () => {
      await workbench.command('Promptsmith: Update Model Facts…');
      await dialog.getByText('Fetch the newest prices of models?').waitFor();
      await dialog.getByText(/raw\.githubusercontent\.com.*Nothing of yours is sent/).waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await assert.rejects(readFile(prices));
    },
  );

  await step('fetched prices apply, until those of this version are chosen again', async () => {
    const { providers } = await loadPriceList(null);
    const fetched = providers.map((one) => ({
      ...one,
      models: one.models.map((model) =>
        model.id === 'gpt-4o-mini'
          ? { ...model, prices: { input_mtok: 77, output_mtok: 99 } }
          : model,
      ),
    }));
    await mkdir(join(prices, '..'), { recursive: true });
    const list = { v: 1, date: '2026-12-01', source: 'https://lab.example', providers: fetched };
    await writeFile(prices, JSON.stringify(list));
    await workbench.command('Promptsmith: Restart Language Server');
    const price = (text: string) =>
      eventually(async () => {
        await page.keyboard.press('Escape');
        await workbench.goTo(1, 12);
        await workbench.command('Show or Focus Hover');
        await page
          .locator('.monaco-hover:visible')
          .getByText(text)
          .first()
          .waitFor({ timeout: 3000 });
        return true;
      });
    await price('$77');
    await workbench.command('Promptsmith: Update Model Facts…');
    await dialog.getByRole('button', { name: 'Use the Prices of This Version' }).click();
    await notice.getByText('The prices of this version apply again').waitFor();
    await assert.rejects(readFile(prices));
    await price('$0.15');
  });
}
