import assert from 'node:assert/strict';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { eventually, persist } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import type { Part } from './part.ts';
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
  // The walkthrough drops a click while it scrolls, or draws itself anew.
  const press = (title: string, button: string, effect: () => Promise<unknown>) =>
    persist(async () => {
      const name = chapter(title).getByRole('button', { name: button });
      if (!(await name.isVisible())) await chapter(title).getByText(title).click();
      await Promise.all([effect(), name.click()]);
    });
  const shows = (effect: Locator) => () => effect.first().waitFor({ timeout: 10_000 });
  const opens = (name: string) =>
    shows(page.locator(`.tab.active[data-resource-name="${name}.prompt.yaml"]`));
  const isDone = (title: string) =>
    chapter(title).locator('.codicon-getting-started-step-checked').waitFor();

  await step('the walkthrough opens the examples, and goes on there', async () => {
    await workbench.command('Welcome: Open Walkthrough...', 'Get started with Promptsmith');
    await press('Open the examples', 'Open Example Workspace', () =>
      page.waitForEvent('load', { timeout: 30_000 }),
    );
    await page.locator('[data-resource-name="triage.prompt.yaml"]').waitFor({ timeout: 60_000 });
    await isDone('Open the examples');
  });

  await step('a step shows what a call costs', async () => {
    await press('See what a call costs', 'Open support/triage', opens('triage'));
    await workbench.promptStatus.click();
    await workbench.choices.filter({ hasText: '1. system' }).waitFor();
    await page.keyboard.press('Escape');
    await isDone('See what a call costs');
  });

  await step('a step shows what is wrong', async () => {
    await press('Fix problems', 'Open flawed/reply', opens('reply'));
    await page.locator('.squiggly-warning').first().waitFor();
    const problems = page.locator('.markers-panel').getByText('unknown-key');
    await press('Fix problems', 'Show Problems', shows(problems));
    await isDone('Fix problems');
  });

  await step('a step shows what is sent', async () => {
    const sent = workbench.webview.getByText('You write public replies to reviews');
    await press('Preview what is sent', 'Show Rendered Preview', shows(sent));
    await isDone('Preview what is sent');
  });

  await step('a step evaluates golden cases on sample answers, without a key', async () => {
    await press('Run the golden cases', 'Open support/triage', opens('triage'));
    const offer = page.getByRole('button', { name: 'Use Recorded Answers' });
    await press('Run the golden cases', 'Evaluate Prompt', shows(offer));
    await offer.click();
    await page
      .locator('.notification-toast')
      .getByText(/ccepted: .* · (?:sample|recorded) answers/)
      .waitFor({ timeout: 60_000 });
    await isDone('Run the golden cases');
    await workbench.command('Testing: Focus on Test Explorer View');
    const states = page.locator('.test-explorer .monaco-list-row .computed-state');
    await states.first().waitFor();
    const errored = states.and(page.locator('.codicon-testing-error-icon'));
    assert.equal(await errored.count(), 0, 'nothing is left of the first attempt');
  });

  await step('the columns of results are aligned in a narrow window', async () => {
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ ...size, width: 720 });
    await workbench.command('Promptsmith: Show Evaluation Results');
    let lefts: readonly number[] = [];
    await eventually(async () => {
      lefts = await leftEdges(page, '.cell.case');
      return lefts.length > 5;
    });
    assert.equal(new Set(lefts).size, 1, lefts.join(' '));
    await page.keyboard.press('Control+W');
    await page.setViewportSize(size);
  });

  await step('a step opens the playground', async () => {
    const playground = page.locator('.tab').filter({ hasText: 'Playground: support/triage' });
    await press('Run a prompt', 'Show Playground', shows(playground));
    await isDone('Run a prompt');
  });

  await step('a step releases the version whose cases were evaluated', async () => {
    await press('Release a version', 'Open support/triage', opens('triage'));
    const asks = page.locator('.quick-input-title').getByText('Publish support/triage@');
    await press('Release a version', 'Release Prompt…', shows(asks));
    await page.keyboard.press('Enter');
    await workbench.choices.filter({ hasText: 'staging' }).click();
    // VS Code shows a toast now and then in the list of notifications only.
    const notices = page.locator('.notification-toast, .notifications-center');
    const moved = notices.getByText('staging of support/triage: (new) → 1.0.0').first();
    await persist(
      () => moved.waitFor({ timeout: 10_000 }),
      () => workbench.command('Notifications: Show Notifications'),
    );
    await isDone('Release a version');
  });

  await step('a step shows all prompts', async () => {
    const prompts = page.locator('.pane-body [role="treeitem"][aria-label*="tokens"]');
    const triage = prompts.filter({ hasText: 'triage' });
    await press('Review all prompts', 'Show Workspace Prompts', shows(triage));
    await isDone('Review all prompts');
  });

  await step('a step begins a prompt', async () => {
    const extract = workbench.choices.filter({ hasText: 'Extract' });
    await press('Create your own prompt', 'New Prompt…', shows(extract));
    await page.keyboard.press('Escape');
    await isDone('Create your own prompt');
  });
}

/** Where the elements that match a selector begin, in px, in the first frame of a page that has one. */
async function leftEdges(page: Page, selector: string): Promise<readonly number[]> {
  for (const frame of page.frames()) {
    const lefts = await frame
      .locator(selector)
      .evaluateAll((found) => found.map((one) => Math.round(one.getBoundingClientRect().left)))
      .catch(() => []);
    if (lefts.length > 0) return lefts;
  }
  return [];
}
