import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { root } from '../../scripts/process.mjs';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { Workbench } from './workbench.ts';

/** What a person sees and does, in one window, one thing after the other. */
export async function pageTests(
  t: TestContext,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const folder = await server.workspace('page', join(root, 'test/host/workspace'));
  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const view = page.locator('.activitybar .action-item:has([aria-label^="Promptsmith"])');
  const rows = page.locator('.pane-body [role="treeitem"]');

  await t.test('an untrusted workspace is read, but its settings hide nothing', async () => {
    // Older versions ask at the start, newer ones begin restricted and say so.
    const decline = page.getByText("No, I don't trust the authors");
    await decline.or(page.getByText('Trust this folder to enable all features')).first().waitFor();
    if (await decline.isVisible()) await decline.click();
    await workbench.openFile('greet.prompt.yaml');
    await workbench.statusTextIs('23 tokens, $0.000072/call, no findings');
  });

  await t.test('once it is trusted, its settings count without a reload', async () => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await workbench.openFile('greet.prompt.yaml');
    await workbench.statusTextIs('23 tokens, $0.000072/call, 1 note');
  });

  await t.test('squiggles, hints and figures are shown', async () => {
    await workbench.openFile('typo.prompt.yaml');
    await page.locator('.squiggly-warning').first().waitFor();
    await workbench.textAppears('6 tokens');
    await workbench.textAppears('26 tokens/call · ≤ $0.000088/call · 0.2 % of 33k');
    await workbench.statusTextIs('26 tokens, ≤ $0.000088/call, 2 warnings, 1 note');
  });

  await t.test('a quick fix is applied by keyboard', async () => {
    await workbench.goTo(2, 3);
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget').getByText('Rename it to `description`');
    await fix.waitFor();
    await page.keyboard.press('Enter');
    await fix.waitFor({ state: 'hidden' });
    await workbench.textAppears('description: Says hello.');
    await workbench.statusTextIs('26 tokens, ≤ $0.000088/call, 1 warning, 1 note');
  });

  await t.test('figures follow what is typed; braces are closed, variables offered', async () => {
    await workbench.goTo(12, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' and {{');
    const suggestions = page.locator('.suggest-widget');
    await suggestions.getByText('language', { exact: true }).first().waitFor();
    await page.keyboard.type('langu');
    await page.keyboard.press('Enter');
    await suggestions.waitFor({ state: 'hidden' });
    await workbench.textAppears('{{lang}} and {{language}}');
    await workbench.statusTextIs('29 tokens, ≤ $0.000089/call, 1 warning, 1 note');
  });

  await t.test('the mouse over a variable tells where it comes from', async () => {
    await workbench.line('Hello, I am').getByText('name', { exact: true }).hover();
    const hover = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: '{{name}}' });
    await hover.first().waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('the status bar item opens the breakdown, which leads to a message', async () => {
    await workbench.promptStatus.click();
    await workbench.choices.filter({ hasText: '2. user' }).click();
    await workbench.cursorIs('Ln 9,');
  });

  await t.test('the Prompts view lists the prompts and opens them', async () => {
    await view.click();
    await rows.filter({ hasText: 'Greeting' }).getByText('$71.50 a month').waitFor();
    await rows.filter({ hasText: 'Typo' }).click();
    await rows.filter({ hasText: 'Greeting' }).click();
    await workbench.statusTextIs('23 tokens, $0.000072/call, 1 note');
  });

  await t.test('the Prompts view is grouped and filtered', async () => {
    await workbench.command('Promptsmith: Group Prompts…', 'Model');
    await rows.filter({ hasText: 'acme/chat' }).first().waitFor();
    await workbench.toggle('Promptsmith: Filter Prompts…', 'No golden cases', true);
    await page.getByText('No prompt fits the filter.').waitFor();
    await workbench.toggle('Promptsmith: Filter Prompts…', 'No golden cases', false);
    await rows.filter({ hasText: 'Greeting' }).waitFor();
  });

  await t.test('the log is shown on demand', async () => {
    await workbench.command('Promptsmith: Show Log');
    await page.locator('.output-view').getByText('The language server is ready').first().waitFor();
  });

  await t.test('what was typed is what is saved', async () => {
    await workbench.openFile('typo.prompt.yaml');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    const text = await readFile(join(folder, 'typo.prompt.yaml'), 'utf8');
    assert.match(text, /^description: Says hello\.$/m);
    assert.match(text, /^ {6}\{\{lang\}\} and \{\{language\}\}$/m);
  });

  await t.test('the view goes away with the last prompt', async () => {
    await workbench.command('View: Close All Editors');
    for (const name of ['greet', 'typo']) await rm(join(folder, `${name}.prompt.yaml`));
    await view.waitFor({ state: 'hidden' });
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}
