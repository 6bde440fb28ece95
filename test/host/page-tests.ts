import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { root } from '../../scripts/process.mjs';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { accessibilityViolations } from './accessibility.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

/** What a person sees and does, in one window, one thing after the other. */
export async function pageTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const folder = await server.workspace('page', join(root, 'test/host/workspace'));
  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const step = steps(t, workbench);
  const view = page.locator('.activitybar .action-item:has([aria-label^="Promptsmith"])');
  const preview = workbench.webview;
  const rows = page.locator('.pane-body [role="treeitem"]');

  await step('an untrusted workspace is read, but its settings hide nothing', async () => {
    // Older versions ask at the start, newer ones begin restricted and say so.
    const decline = page.getByText("No, I don't trust the authors");
    await decline.or(page.getByText('Trust this folder to enable all features')).first().waitFor();
    if (await decline.isVisible()) await decline.click();
    await workbench.openFile('greet.prompt.yaml');
    await workbench.statusTextIs('23 tokens, ≈ $0.000072/call, no findings');
    assert.equal(await workbench.offers('Promptsmith: Publish Version…'), false);
  });

  await step('once it is trusted, its settings count without a reload', async () => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await workbench.openFile('greet.prompt.yaml');
    await workbench.statusTextIs('23 tokens, ≈ $0.000072/call, 1 note, 1 hint');
    assert.equal(await workbench.offers('Promptsmith: Publish Version…'), true);
  });

  await step('squiggles, hints and figures are shown', async () => {
    await workbench.openFile('typo.prompt.yaml');
    await page.locator('.squiggly-warning').first().waitFor();
    await workbench.textAppears('6 tokens');
    await workbench.textAppears('26 tokens/call · ≈ $0.000088/call · 0.2 % of 33k');
    await workbench.statusTextIs('26 tokens, ≈ $0.000088/call, 2 warnings, 1 note');
  });

  await step('the code of a finding opens the page of its rule as a preview', async () => {
    await workbench.goTo(1, 1);
    const code = page.locator('.marker-widget a.code-link');
    await workbench.pressUntil('F8', code);
    await code.click();
    await page.locator('.tab.active[data-resource-name="unknown-key.md"]').waitFor();
    const markdown = 'iframe.webview[src*="extensionId=vscode.markdown-language-features"]';
    const rule = page.frameLocator(markdown).frameLocator('iframe');
    await rule.getByRole('heading', { name: 'unknown-key' }).waitFor();
    await workbench.command('View: Close Editor');
    await workbench.openFile('typo.prompt.yaml');
    await page.keyboard.press('Escape');
  });

  await step('a quick fix is applied by keyboard', async () => {
    await workbench.goTo(2, 3);
    const fix = page.locator('.action-widget').getByText('Rename it to `description`');
    await workbench.pressUntil('Control+.', fix);
    await page.keyboard.press('Enter');
    await fix.waitFor({ state: 'hidden' });
    await workbench.textAppears('description: Says hello.');
    await workbench.statusTextIs('26 tokens, ≈ $0.000088/call, 1 warning, 1 note');
  });

  await step('figures follow what is typed; braces are closed, variables offered', async () => {
    await workbench.goTo(12, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' and {{');
    const suggestions = page.locator('.suggest-widget');
    await suggestions.getByText('language', { exact: true }).first().waitFor();
    await page.keyboard.type('langu');
    await page.keyboard.press('Enter');
    await suggestions.waitFor({ state: 'hidden' });
    await workbench.textAppears('{{lang}} and {{language}}');
    await workbench.statusTextIs('29 tokens, ≈ $0.000089/call, 1 warning, 1 note');
  });

  await step('the mouse over a variable tells where it comes from', async () => {
    await workbench.line('Hello, I am').getByText('name', { exact: true }).hover();
    const hover = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: '{{name}}' });
    await hover.first().waitFor();
    await page.keyboard.press('Escape');
  });

  await step('the status bar item opens the breakdown, which leads to a message', async () => {
    await workbench.promptStatus.click();
    await workbench.choices.filter({ hasText: '2. user' }).click();
    await workbench.cursorIs('Ln 9,');
  });

  await step('the preview shows what is sent, and follows what is typed', async () => {
    await workbench.command('Promptsmith: Show Rendered Preview');
    await preview.getByText('Greet Ada in English.').waitFor();
    await preview.getByText('sent unchanged: {{lang}}').waitFor();
    await workbench.goTo(8, 14);
    await page.keyboard.type('Please ');
    await preview.getByText('Please Greet Ada in English.').waitFor();
    for (const _ of 'Please ') await page.keyboard.press('Backspace');
    await preview.getByText('Greet Ada in English.', { exact: true }).waitFor();
  });

  await step('a value in the preview leads to its place by keyboard', async () => {
    await preview.getByRole('button', { name: 'English' }).first().focus();
    await page.keyboard.press('Enter');
    await workbench.cursorIs('Ln 8, Col 44 (12 selected)');
  });

  await step('the preview follows to another prompt and shows the chosen case', async () => {
    await workbench.openFile('greet.prompt.yaml');
    await preview.getByLabel('Golden case').selectOption('in French');
    await preview.getByText('Greet Zoé in French.').waitFor();
    await preview.getByRole('row').filter({ hasText: '1. system: {{language}}' }).waitFor();
  });

  await step('the preview can be used by everyone, as far as axe can tell', async () => {
    assert.deepEqual(await accessibilityViolations(page), []);
  });

  await step('markup in a value is text in the preview', async () => {
    await workbench.command('View: Focus First Editor Group');
    await workbench.goTo(15, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' <img src=x><b>&amp;');
    const value = preview.getByRole('button', { name: 'Zoé <img src=x><b>&amp;' });
    await value.first().waitFor();
    assert.equal(await preview.locator('main img, main b').count(), 0);
    await workbench.command('File: Revert File');
    await value.first().waitFor({ state: 'hidden' });
  });

  await step('the preview and its case are there again after a reload', async () => {
    await workbench.command('File: Save All Files');
    await page.locator('.tab.dirty').first().waitFor({ state: 'hidden' });
    await Promise.all([page.waitForEvent('load'), workbench.command('Developer: Reload Window')]);
    await preview.getByText('Greet Zoé in French.').waitFor({ timeout: 40_000 });
    await workbench.openFile('greet.prompt.yaml');
  });

  await step('the Prompts view lists the prompts and opens them', async () => {
    await view.click();
    await rows.filter({ hasText: 'Greeting' }).getByText('$71.50/month').waitFor();
    await rows.filter({ hasText: 'Typo' }).click();
    await rows.filter({ hasText: 'Greeting' }).click();
    await workbench.statusTextIs('23 tokens, ≈ $0.000072/call, 1 note, 1 hint');
  });

  await step('the Prompts view is grouped and filtered', async () => {
    await workbench.command('Promptsmith: Group Prompts…', 'Model');
    await rows.filter({ hasText: 'acme/chat' }).first().waitFor();
    await workbench.toggle('Promptsmith: Filter Prompts…', 'No golden cases', true);
    await page.getByText('No prompts match the filter.').waitFor();
    await workbench.toggle('Promptsmith: Filter Prompts…', 'No golden cases', false);
    await rows.filter({ hasText: 'Greeting' }).waitFor();
  });

  await step('a new prompt is made from a template', async () => {
    await workbench.command(
      'Promptsmith: New Prompt…',
      'Assigns a text to one of several classes.',
    );
    const input = page.locator('.quick-input-widget input.input');
    await input.fill('greet');
    await page.getByText('greet.prompt.yaml already exists.').waitFor();
    await input.fill('mail-kind');
    await page.keyboard.press('Enter');
    await page.locator('.tab.active[data-resource-name="mail-kind.prompt.yaml"]').waitFor();
    await workbench.textAppears('- role: system');
    assert.match(
      await readFile(join(folder, 'mail-kind.prompt.yaml'), 'utf8'),
      /^name: Mail kind$/m,
    );
    await page.locator('[id="status.editor.mode"]').getByText('Prompt YAML').waitFor();
  });

  await step('a snippet is offered while a message is written', async () => {
    await workbench.goTo(22, 1);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('prompt-con');
    const offered = page.locator('.suggest-widget').getByText('prompt-constraints').first();
    await workbench.pressUntil('Control+Space', offered);
    await page.keyboard.press('Enter');
    await workbench.textAppears('      - At most three sentences.');
    await page.keyboard.press('Escape');
    await workbench.command('File: Revert File');
    await rm(join(folder, 'mail-kind.prompt.yaml'));
  });

  await step('the log is shown on demand', async () => {
    await workbench.command('Promptsmith: Show Log');
    await page.locator('.output-view').getByText('The language server started').first().waitFor();
  });

  await step('what was typed is what is saved', async () => {
    await workbench.openFile('typo.prompt.yaml');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    const text = await readFile(join(folder, 'typo.prompt.yaml'), 'utf8');
    assert.match(text, /^description: Says hello\.$/m);
    assert.match(text, /^ {6}\{\{lang\}\} and \{\{language\}\}$/m);
  });

  await step('the view goes away with the last prompt', async () => {
    await workbench.command('View: Close All Editors');
    for (const name of ['greet', 'typo']) await rm(join(folder, `${name}.prompt.yaml`));
    await view.waitFor({ state: 'hidden' });
  });

  await step('the page has no errors', async () => assert.deepEqual(workbench.errors, []));
}
