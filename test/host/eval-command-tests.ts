import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { eventually } from '#test/support/persist.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { commitAll } from '../support/git.ts';
import { moveTo, recordOf } from '../support/registry.ts';
import { CASES, echoPrompt, evalScene } from './eval-scene.ts';
import type { Part } from './part.ts';

/** What is evaluated and compared by command, and how a golden case is made. */
export async function evalCommandTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const scene = await evalScene(t, server, context);
  const { folder, models, workbench, page, view, step, lens, notice, runs, newest, rewrite } =
    scene;
  await writeFile(
    join(folder, 'other.prompt.yaml'),
    echoPrompt('Tell').replace('name: Echo', 'name: Other'),
  );
  commitAll(folder, 'second');
  const input = page.locator('.quick-input-widget input.input');
  const finished = async (count: number) =>
    await eventually(async () => {
      assert.equal((await runs()).length, count);
      const summary = JSON.parse(await newest('summary.json'));
      return summary.comparison !== undefined && summary;
    });

  await step('where nothing has changed, no prompt is evaluated', async () => {
    await workbench.openFile('echo.prompt.yaml');
    await lens.getByText('▶ Evaluate 20 cases').waitFor();
    await workbench.command('Promptsmith: Evaluate Changed Prompts');
    await notice.getByText('No prompt with golden cases has changed since HEAD.').waitFor();
    assert.equal(models.requests.length, 0);
  });

  await step('what has changed is evaluated with what is committed, the rest is not', async () => {
    await rewrite('Mumble');
    await lens.getByText(/▶ Evaluate 20 cases ≈ \$[\d.]+ vs HEAD/).waitFor();
    await workbench.command('Promptsmith: Evaluate Changed Prompts');
    const { comparison } = await finished(2);
    assert.equal(comparison.verdict, 'regression');
    assert.equal(models.requests.length, 2 * CASES);
    const asked = new Set(
      models.requests.map(({ body }) => body.messages[0]?.content.split(' ')[0]),
    );
    assert.deepEqual([...asked].sort(), ['Mumble', 'Say']);
    await notice.getByText(/Regression vs HEAD: 95 % → 45 % of 20 cases/).waitFor();
  });

  await step(
    'a prompt is compared with a git revision, without asking anything twice',
    async () => {
      await workbench.command('Promptsmith: Compare with…', 'Git Revision…');
      await input.fill('HEAD~1');
      await page.keyboard.press('Enter');
      assert.equal((await finished(3)).comparison.verdict, 'regression');
      assert.equal(models.requests.length, 2 * CASES);
      await view.getByRole('heading', { name: /Regression vs HEAD~1: 95 % → 45 %/ }).waitFor();
    },
  );

  await step('what is in production comes before what is committed', async () => {
    await publish(folder);
    await workbench.openFile('echo.prompt.yaml');
    await lens.getByText(/▶ Evaluate 20 cases ≈ \$[\d.]+ vs production/).waitFor();
    await workbench.command('Promptsmith: Compare with…', 'production · 1.0.0');
    assert.equal((await finished(4)).comparison.verdict, 'regression');
    await workbench.openFile('echo.prompt.yaml');
    // Only a few are shown at once.
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('Promptsmith: Evaluate Prompt');
    await notice
      .getByText(/Regression vs production 1\.0\.0: 95 % → 45 %/)
      .waitFor({ timeout: 40_000 });
  });

  await step('a text becomes a golden case that is run at once', async () => {
    await workbench.openFile('echo.prompt.yaml');
    const before = models.requests.length;
    await workbench.command('Promptsmith: Add Golden Case…', 'Enter Text…');
    for (const [title, text] of [
      ['Text of the golden case', 'mail ada@lovelace.org, w99x'],
      ['must a good answer contain', 'sorry'],
      ['must it not contain', ''],
      ['Name of the case', 'complaint'],
    ] as const) {
      await page.locator('.quick-input-widget').getByText(title).waitFor();
      await input.fill(text);
      await page.keyboard.press('Enter');
      if (text.includes('@')) await workbench.choices.filter({ hasText: 'Replace' }).click();
    }
    await workbench.textAppears('$case: { name: complaint, evaluators: [');
    await workbench.textAppears('word: mail <email>, w99x');
    await notice.getByText('Run Case').click();
    await eventually(() => models.requests.length === before + 1);
    await notice.getByText('complaint failed').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    assert.match(await readFile(join(folder, 'echo.prompt.yaml'), 'utf8'), /name: says sorry/);
  });

  await step('a cheap prompt is evaluated when it is saved, once the settings say so', async () => {
    const count = (await runs()).length;
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeFile(join(folder, '.vscode/settings.json'), '{ "promptsmith.eval.onSave": 0.01 }');
    const panel = page.locator('.part.panel');
    await workbench.command('View: Hide Panel');
    await panel.waitFor({ state: 'hidden' });
    await eventually(async () => {
      await page.keyboard.press('Control+S');
      return (await runs()).length > count;
    });
    await eventually(async () => JSON.parse(await newest('summary.json')).end === 'done');
    assert.equal(await panel.isVisible(), false, 'nobody is disturbed');
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}

/** Puts the committed prompt into production. */
async function publish(folder: string): Promise<void> {
  const registry = new DirectoryRegistry(join(folder, 'registry'));
  const made = makeBundle(parsePrompt(echoPrompt('Say')), [], [], {});
  await registry.publish('echo', recordOf(made, '1.0.0', null), made.bundle);
  await registry.move('echo', 'production', 1, moveTo('1.0.0', null));
}
