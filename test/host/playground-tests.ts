import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { accessibilityViolations } from './accessibility.ts';
import type { Part } from './part.ts';
import { playgroundScene } from './playground-scene.ts';
import { THEMES } from './workbench.ts';

/** Must show up nowhere but in the header of its own server. */
const KEY = 'canary-51f0e7a2c9b3';

/** The playground against a model on loopback, as a person uses it. */
export async function playgroundTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const scene = await playgroundScene(t, server, context);
  const { workbench, view, answer, folder, models, step, answerWith, run, configure } = scene;
  const { page } = workbench;
  const quick = page.locator('.quick-input-widget');
  /** The newest past run with these words. */
  const find = async (words: string) => {
    await view.getByRole('button', { name: 'History…' }).click();
    await quick.locator('input.input').fill(words);
    return workbench.choices.filter({ hasText: words }).first();
  };

  await step('the lens runs the prompt, and its answer is shown with its figures', async () => {
    await workbench.openFile('greet.prompt.yaml');
    await page.locator('.codelens-decoration a').filter({ hasText: '▶ Run ≈ $' }).first().click();
    await answer.getByText('Hello, Ada!').waitFor();
    await answer.getByText('complete').waitFor();
    await answer.getByText('12 billed, 25 predicted').waitFor();
    assert.equal(models.requests.length, 1);
    const [request] = models.requests;
    assert.equal(request?.body.messages[0]?.content, 'Greet Zoé in French.');
    assert.equal(request?.headers.authorization, undefined);
    await page.locator('[id="promptsmith.promptsmith.promptsmith.spent"]').waitFor();
  });

  await step('the answer stands beside its case, with a hover, until it is dismissed', async () => {
    await workbench.textBehindLine(/“Hello, Ada!” · \$0\.\d+ · \d+ ms/);
    await workbench.openFile('greet.prompt.yaml');
    await workbench.goTo(13, 38);
    const hover = page.locator('.monaco-hover');
    await workbench.command('Show or Focus Hover');
    await hover.getByText('Hello, Ada!').waitFor();
    await hover.getByText('Clear').click();
    await workbench.textBehindLine(/Ada!/, 'gone');
  });

  await step('how far billed tokens were from predicted ones is said over the model', async () => {
    await workbench.goTo(3, 10);
    await workbench.command('Show or Focus Hover');
    const hover = page.locator('.monaco-hover');
    await hover
      .getByText('differ from the prediction by -52.0 % (median of your last 1 calls)')
      .waitFor();
    await page.keyboard.press('Escape');
  });

  await step('a run over the threshold is asked about first', async () => {
    await configure({ confirmAbove: 0 });
    const dialog = page.getByRole('dialog');
    const before = models.requests.length;
    await run();
    await dialog.getByText(/Run the prompt for ≈ \$0\.\d+\?/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(models.requests.length, before);
    answerWith(() => ({ kind: 'stream', text: 'Paid for.' }));
    await run();
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await answer.getByText('Paid for.').waitFor();
    assert.equal(models.requests.length, before + 1);
    await configure();
  });

  await step('what is typed into the form is what is sent', async () => {
    await view.getByRole('textbox', { name: 'name' }).fill('Grace');
    await view.getByText('Hello, I am Grace.').waitFor({ state: 'attached' });
    await view.getByRole('combobox', { name: 'language' }).selectOption('English');
    answerWith(() => ({ kind: 'stream', text: 'Hello, Grace!' }));
    await run();
    await answer.getByText('Hello, Grace!').waitFor();
    assert.equal(models.requests.at(-1)?.body.messages[0]?.content, 'Greet Grace in English.');
  });

  await step('the prompt’s checks run on the answer', async () => {
    await view.getByRole('button', { name: 'Run Checks' }).click();
    await answer.getByText('greets: passed').waitFor();
  });

  await step('the run is kept as a golden case, with the file’s comments', async () => {
    await view.getByRole('button', { name: 'Save as Golden Case…' }).click();
    await workbench.choices.filter({ hasText: 'expected' }).click();
    const name = page.locator('.quick-input-widget input[aria-label^="Name of the golden case"]');
    await name.fill('grace');
    await name.press('Enter');
    await page
      .locator('.view-line')
      .filter({ hasText: /expected:.Hello,.Grace!/ })
      .waitFor();
    await page.locator('.tab[data-resource-name="greet.prompt.yaml"]').click();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'hidden' });
    const text = await readFile(join(folder, 'greet.prompt.yaml'), 'utf8');
    assert.match(text, /^# Says hello\.$/m);
    assert.match(text, /name: in French \} # kept/);
    assert.match(text, /name: grace/);
    await view.getByRole('combobox', { name: 'Golden case' }).selectOption('grace');
  });

  await step('another lens lets choose the case first', async () => {
    const lens = page.locator('.codelens-decoration a').filter({ hasText: 'Run with case…' });
    await lens.first().click();
    answerWith(() => ({ kind: 'stream', text: 'Bonjour !' }));
    await workbench.choices.filter({ hasText: 'in French' }).click();
    await answer.getByText('Bonjour !').waitFor();
    assert.equal(models.requests.at(-1)?.body.messages[0]?.content, 'Greet Zoé in French.');
  });

  await step('three models answer side by side', async () => {
    answerWith((model) => ({ kind: 'stream', text: `I am ${model}.` }));
    await view.getByRole('button', { name: 'Models…' }).click();
    const input = quick.locator('input.input');
    for (const id of ['lab/second', 'lab/third']) {
      await input.fill(id);
      await workbench.choices.filter({ hasText: id }).first().getByRole('checkbox').click();
    }
    await input.fill('');
    await page
      .locator('.quick-input-widget')
      .getByRole('button', { name: 'OK', exact: true })
      .click();
    await view.getByText('acme/chat · lab/second · lab/third').waitFor();
    await run();
    for (const id of ['acme/chat', 'second', 'third'])
      await view.getByText(`I am ${id}.`).waitFor();
    assert.equal(await answer.count(), 3);
    await view.getByRole('button', { name: 'Show Differences' }).first().click();
    await page.locator('.tab.active').filter({ hasText: '↔' }).waitFor();
    await workbench.command('View: Close Editor');
  });

  await step('a key is set for its origin, tested, sent there and removed', async () => {
    await configure({ key: 'LAB_KEY' });
    await workbench.command('Promptsmith: Set API Key…', 'lab');
    await quick.getByText(`API key for ${models.origin}`).waitFor();
    await quick.locator('input.input').fill(KEY);
    await quick.getByRole('button', { name: 'Test Key' }).click();
    await page.getByText('The key is valid: 1 model available.').waitFor();
    await page.keyboard.press('Enter');
    await quick.waitFor({ state: 'hidden' });
    // A server may say back what it was sent.
    answerWith((model) => ({ kind: 'stream', text: `I am ${model}. You sent ${KEY}!` }));
    await run();
    await view.getByText('I am third. You sent [key]!').waitFor();
    assert.equal(models.requests.at(-1)?.headers.authorization, `Bearer ${KEY}`);
  });

  await step('after a reload the key, the choices and the last answers are there', async () => {
    // What is kept is in the list.
    await (await find('[key]!')).waitFor();
    await page.keyboard.press('Escape');
    await workbench.reload();
    await view.getByText('I am third. You sent [key]!').waitFor({ timeout: 30_000 });
    await view.getByText('acme/chat · lab/second · lab/third').waitFor();
    await run();
    await answer.getByText('complete').first().waitFor();
    assert.equal(models.requests.at(-1)?.headers.authorization, `Bearer ${KEY}`);
    await workbench.command('Promptsmith: Remove API Key…', models.origin);
    await run();
    await page.getByText(`No API key is set for ${models.origin}`).first().waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await configure();
  });

  await step('past runs are found by their words, shown, compared and run again', async () => {
    const first = await find('Hello, Ada!');
    await first.hover();
    await first.getByRole('button', { name: 'Compare with Current Answer' }).click();
    await page.locator('.tab.active').filter({ hasText: '↔ acme/chat' }).waitFor();
    await workbench.command('View: Close Editor');
    await (await find('Hello, Grace!')).click();
    await view.getByText('Hello, Grace!').waitFor();
    assert.equal(await answer.count(), 1);
    const again = await find('Hello, Ada!');
    await again.hover();
    answerWith(() => ({ kind: 'stream', text: 'Once again, Zoé.' }));
    await again.getByRole('button', { name: 'Run Again' }).click();
    await view.getByText('Once again, Zoé.').waitFor();
    assert.equal(models.requests.at(-1)?.body.messages[0]?.content, 'Greet Zoé in French.');
  });

  await step('by keyboard alone it runs and stops, and axe has nothing to object', async () => {
    const field = view.getByRole('textbox', { name: 'name', exact: true });
    await view.getByRole('combobox', { name: 'Golden case' }).selectOption('in French');
    answerWith(() => ({ kind: 'silence', text: 'On and on' }));
    await field.focus();
    await page.keyboard.press('Control+Enter');
    await answer.getByText('On and on').first().waitFor();
    await page.keyboard.press('Escape');
    await answer.getByText('stopped', { exact: true }).first().waitFor();
    answerWith((model) => ({
      kind: 'stream',
      text: `{"model": "${model}", "list": [1, {"a": null}]}`,
    }));
    await field.focus();
    await page.keyboard.press('Control+Enter');
    await answer.getByText('✓ valid JSON').first().waitFor();
    await view.getByText('Rendered messages').click();
    for (const [theme, kind] of THEMES) {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      const file = join(folder, '.vscode/settings.json');
      await writeFile(file, JSON.stringify({ 'workbench.colorTheme': theme }));
      await view.locator(`body.${kind}`).waitFor();
      assert.deepEqual(await accessibilityViolations(page), [], theme);
    }
  });

  await step('the key is in no file and no log, and the page has no errors', async () => {
    assert.deepEqual(workbench.errors, []);
    assert.deepEqual(filesWith(KEY, server.folder), []);
  });
}

/** Files below a folder that hold a text; the secrets themselves are encrypted. */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/extensions'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}
