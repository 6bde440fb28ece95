import type { BrowserContext } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import type { Part } from './part.ts';
import { persist } from './persist.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

/** The walkthrough from its first step to its last, in a window that begins without a folder. */
export async function newcomerTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const workbench = await Workbench.open(context, server.url(null));
  const { page } = workbench;
  const step = steps(t, workbench);
  const chapter = (title: string) =>
    page.locator('.getting-started-step').filter({ hasText: title });
  const press = async (title: string, button: string) => {
    const name = chapter(title).getByRole('button', { name: button });
    if (!(await name.isVisible())) await chapter(title).getByText(title).click();
    await name.click();
  };
  const isDone = (title: string) =>
    chapter(title).locator('.codicon-getting-started-step-checked').waitFor();

  await step('the walkthrough opens the examples, and goes on there', async () => {
    await workbench.command('Welcome: Open Walkthrough...', 'Get started with Promptsmith');
    await Promise.all([
      page.waitForEvent('load'),
      press('Open the examples', 'Open Example Workspace'),
    ]);
    await page.locator('[data-resource-name="triage.prompt.yaml"]').waitFor({ timeout: 60_000 });
    await isDone('Open the examples');
  });

  await step('a step shows what a call costs', async () => {
    await press('See what a call costs', 'Open support/triage');
    await page.locator('.tab.active[data-resource-name="triage.prompt.yaml"]').first().waitFor();
    await workbench.promptStatus.click();
    await workbench.choices.filter({ hasText: '1. system' }).waitFor();
    await page.keyboard.press('Escape');
    await isDone('See what a call costs');
  });

  await step('a step shows what is wrong', async () => {
    await press('Mend what is wrong', 'Open flawed/reply');
    await page.locator('.squiggly-warning').first().waitFor();
    await press('Mend what is wrong', 'Show all findings');
    await page.locator('.markers-panel').getByText('unknown-key').first().waitFor();
    await isDone('Mend what is wrong');
  });

  await step('a step shows what is sent', async () => {
    await press('Read what is sent', 'Show Rendered Preview');
    await workbench.webview.getByText('You write public replies to reviews').waitFor();
    await isDone('Read what is sent');
  });

  await step('a step evaluates golden cases on sample answers, without a key', async () => {
    await press('Try its golden cases', 'Open support/triage');
    await page.locator('.tab.active[data-resource-name="triage.prompt.yaml"]').first().waitFor();
    await press('Try its golden cases', 'Evaluate Prompt');
    await page.getByRole('button', { name: 'Use Recorded Answers' }).click({ timeout: 30_000 });
    await page
      .locator('.notification-toast')
      .getByText(/support\/triage.*\d+\/\d+ passed/)
      .waitFor({ timeout: 60_000 });
    await isDone('Try its golden cases');
  });

  await step('a step opens the playground', async () => {
    await press('Ask a model', 'Show Playground');
    await page.locator('.tab').filter({ hasText: 'Playground: support/triage' }).waitFor();
    await isDone('Ask a model');
  });

  await step('a step releases the version whose cases were evaluated', async () => {
    await press('Release a version', 'Open support/triage');
    await page.locator('.tab.active[data-resource-name="triage.prompt.yaml"]').first().waitFor();
    const asks = page.locator('.quick-input-title').getByText('Publish support/triage@');
    await persist(async () => {
      await press('Release a version', 'Release Prompt…');
      await asks.waitFor({ timeout: 8000 });
    });
    await page.keyboard.press('Enter');
    await workbench.choices.filter({ hasText: 'production' }).click();
    const notice = page.locator('.notification-toast');
    await notice.getByText('production of support/triage: (new) → 1.0.0').waitFor();
    await isDone('Release a version');
  });

  await step('a step shows all prompts', async () => {
    await press('See all prompts at once', 'Show Workspace Prompts');
    await page
      .locator('.pane-body [role="treeitem"][aria-label*="tokens"]')
      .filter({ hasText: 'triage' })
      .first()
      .waitFor();
    await isDone('See all prompts at once');
  });

  await step('a step begins a prompt', async () => {
    await press('Begin your own', 'New Prompt…');
    await workbench.choices.filter({ hasText: 'Extract' }).waitFor();
    await page.keyboard.press('Escape');
    await isDone('Begin your own');
  });
}
