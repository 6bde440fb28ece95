import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Locator } from 'playwright-core';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import { PostgresRegistry } from '#io/registries/postgres.ts';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { modelServer, type Reply } from '../support/model-server.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { moveTo, recordOf } from '../support/registry.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

const PROMPTS = 1000;

function prompt(verb: string): string {
  return `name: Say
model: acme/chat
modelParameters: { maxTokens: 20 }
messages:
  - role: user
    content: "${verb} {{word}}"
testData:
  - { word: one, $case: { name: first } }
  - { word: two, $case: { name: held, tags: [holdout] } }
evaluators:
  - { name: said, string: { contains: "{{word}}" } }
`;
}

/** Versions and labels from the editor, as a person uses them: in a folder, then in PostgreSQL. */
export async function registryTests(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<void> {
  const models = await modelServer(({ body }): Reply => {
    const said = body.messages.at(-1)?.content ?? '';
    return { kind: 'stream', text: said };
  });
  t.after(() => models.close());
  const folder = await server.workspace('registry');
  const settings = `models:
  acme/chat: { input: 0.5, output: 1.5, context: 32768, encoding: o200k_base }
providers: { lab: { baseUrl: "${models.baseUrl}", key: none } }
routes: [{ model: "acme/*", provider: lab }]
promotion: { staging: { gate: any, approvals: 1 } }
`;
  await writeFile(join(folder, '.promptsmith.yaml'), settings);
  await writeFile(join(folder, 'say.prompt.yaml'), prompt('Say'));
  const workbench = await Workbench.open(context, server.url(folder));
  const { page } = workbench;
  const view = page
    .locator('.pane')
    .filter({ has: page.locator('.pane-header[aria-label="Registry Section"]') });
  const row = (text: string | RegExp) => view.locator('.monaco-list-row').filter({ hasText: text });
  const notice = page.locator('.notification-toast');
  const input = page.locator('.quick-input-widget input.input');
  const step = steps(t, workbench);

  await step('there is no view of a registry where there is none', async () => {
    await workbench.openFile('say.prompt.yaml');
    await workbench.textAppears('content: "Say {{word}}"');
    await workbench.command('Promptsmith: Show Workspace Prompts');
    await page.locator('.pane .monaco-list-row').filter({ hasText: 'Say' }).first().waitFor();
    assert.equal(await view.count(), 0);
  });

  await step('the first version is published, and the view appears', async () => {
    await workbench.ask('Promptsmith: Publish Version…', 'Publish say@1.0.0');
    await input.fill('The first one');
    await input.press('Enter');
    await row('say').first().click();
    await row('The first one').waitFor();
    await row('Working copy').getByText('same as latest 1.0.0').waitFor();
  });

  await step('it is not promoted without an eval, and the reason is said', async () => {
    await workbench.command('Promptsmith: Promote…', 'say');
    await workbench.asks('Select a version of say to promote');
    await workbench.choices.filter({ hasText: 'The first one' }).click();
    await workbench.asks('Promote say@1.0.0 to which label?');
    const production = workbench.choices.filter({ hasText: 'production' });
    await production.getByText('no eval of this content').waitFor();
    await production.click();
    await notice.getByText('Cannot promote say@1.0.0 to production: no eval').waitFor();
    assert.equal(await row('say').getByText('production').count(), 0);
  });

  await step('after an eval of all cases, the held out ones too, it is', async () => {
    await notice.getByRole('button', { name: 'Evaluate' }).click();
    await notice.getByText('production of say: (new) → 1.0.0').waitFor();
    assert.equal(models.requests.length, 2);
    await row('say').getByText('production 1.0.0').waitFor();
    await row('1.0.0').getByText('2/2').waitFor();
    await clearNotices(workbench);
  });

  await step('the file says how it differs from production', async () => {
    await workbench.openFile('say.prompt.yaml');
    await workbench.textAppears('production 1.0.0 · unchanged');
    await workbench.goTo(6, 15);
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.type('Please say this word:');
    await workbench.textAppears('production 1.0.0 · changed: 1 message, +4 tokens');
    await page.keyboard.press('Control+S');
    await row('Working copy').getByText('differs from production 1.0.0: prompt').waitFor();
  });

  await step('the diff with production has its summary at the head', async () => {
    await workbench.command('Promptsmith: Diff with Production');
    const original = page.locator('.monaco-diff-editor .editor.original');
    const lens = original.locator('.codelens-decoration');
    // Away from the tab, whose hover would lie above the head.
    await page.mouse.move(600, 600);
    await lens.getByText('minor: 1 message').waitFor();
    await lens.getByText('+4 tokens').waitFor();
    await lens.getByText('+$0.000002').waitFor();
    await lens.getByText('no eval').waitFor();
    await page
      .locator('.tab.active')
      .getByText('say@1.0.0 (production) ↔ say.prompt.yaml')
      .waitFor();
    await original.locator('.view-line').filter({ hasText: 'Say' }).first().waitFor();
    await lens.getByText('minor: ').click();
    await workbench.choices.filter({ hasText: 'minor, messages' }).waitFor();
    await page.keyboard.press('Escape');
    await workbench.command('View: Close Editor');
  });

  await step('a release publishes, is held against the policy, and can be undone', async () => {
    await workbench.openFile('say.prompt.yaml');
    await workbench.ask('Promptsmith: Release Prompt…', 'Select the version after 1.0.0');
    await workbench.choices.filter({ hasText: '1.1.0' }).getByText('suggested').click();
    await workbench.asks('Publish say@1.1.0');
    await input.press('Enter');
    await workbench.asks('Promote say@1.1.0 to which label?');
    await workbench.choices.filter({ hasText: 'production' }).click();
    await notice.getByRole('button', { name: 'Evaluate' }).click();
    await notice.getByText('production of say: 1.0.0 → 1.1.0').waitFor();
    await row('say').getByText('production 1.1.0').waitFor();
    await notice.getByRole('button', { name: 'Undo' }).click();
    await row('say').getByText('production 1.0.0').waitFor();
    await clearNotices(workbench);
  });

  await step('a label is rolled back', async () => {
    await row('1.1.0').first().click({ button: 'right' });
    const production = workbench.choices.filter({ hasText: 'production' });
    await clickUntil(page.getByRole('menuitem', { name: 'Promote…' }), production);
    await production.click();
    await row('say').getByText('production 1.1.0').waitFor();
    await workbench.command('Promptsmith: Roll Back…', 'say');
    await workbench.choices.filter({ hasText: 'production' }).click();
    await row('say').getByText('production 1.0.0').waitFor();
    await clearNotices(workbench);
  });

  await step('a label that asks for approval is moved once somebody is named', async () => {
    await workbench.command('Promptsmith: Promote…', 'say');
    await workbench.choices.filter({ hasText: '1.1.0' }).click();
    await workbench.choices.filter({ hasText: 'staging' }).click();
    await notice
      .getByText('Cannot promote say@1.1.0 to staging: 0 of 1 required approvals')
      .waitFor();
    await notice.getByRole('button', { name: 'Add Approver…' }).click();
    await workbench.asks('Approvers, separated by commas.');
    await input.fill('grace');
    await input.press('Enter');
    await row('say').getByText('staging 1.1.0').waitFor();
    await clearNotices(workbench);
  });

  await step('the playground compares the file with a version', async () => {
    await workbench.openFile('say.prompt.yaml');
    await workbench.command('Promptsmith: Show Playground');
    const playground = page.frameLocator('iframe.webview').frameLocator('iframe');
    await playground.getByRole('button', { name: 'Compare with Revision…' }).click();
    await workbench.choices.filter({ hasText: 'production · 1.0.0' }).click();
    await playground.getByText('say@1.0.0').first().waitFor();
    await playground.getByRole('button', { name: 'Run', exact: true }).click();
    await playground.locator('.answer').getByText('Say one', { exact: true }).waitFor();
    await playground.locator('.answer').getByText('Please say this word: one').waitFor();
    await workbench.command('View: Close Editor');
  });

  const database = await startPostgres();
  t.after(() => database.remove());
  const url = await database.database();
  const { password } = new URL(url);
  const shared = new PostgresRegistry(url);
  t.after(() => shared.close());
  const publish = async (name: string, verb: string, version: string, parent: string | null) => {
    const document = parsePrompt(prompt(verb));
    const made = makeBundle(document, document.rows, [], {});
    const more = { author: 'grace', change: `${verb} it` };
    await shared.publish(name, recordOf(made, version, parent, more), made.bundle);
  };

  await step('a database is opened after consent, with a password that is asked for', async () => {
    await publish('say', 'Say', '1.0.0', null);
    const address = url.replace(password, '${env:REGISTRY_PASSWORD}');
    await writeFile(join(folder, '.promptsmith.yaml'), `${settings}registry: "${address}"\n`);
    await view.getByText("This project's registry is a database.").waitFor();
    await view.getByRole('button', { name: 'Connect…' }).click();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow' }).click();
    await workbench.asks('REGISTRY_PASSWORD for the registry');
    await input.fill('wr0ng');
    await input.press('Enter');
    await workbench.asks('REGISTRY_PASSWORD for the registry');
    await input.fill(password);
    await input.press('Enter');
    await row('say').first().click();
    await row('Say it').waitFor();
  });

  await step('what another client publishes and moves appears by itself', async () => {
    await publish('say', 'Please say', '1.1.0', '1.0.0');
    await row('Please say it').waitFor();
    await shared.move('say', 'production', 1, moveTo('1.1.0', null, 'grace'));
    await row('say').getByText('production 1.1.0').waitFor();
    await notice.getByText('production of say: (new) → 1.1.0, moved by grace').waitFor();
    await workbench.openFile('say.prompt.yaml');
    await workbench.textAppears('production 1.1.0 · changed:');
    await clearNotices(workbench);
  });

  await step('a version in the database is a baseline, its password being kept', async () => {
    const before = models.requests.length;
    await workbench.command('Promptsmith: Compare with…', 'production · 1.1.0');
    await workbench.webview.getByText('compared with say@1.1.0 (run ').waitFor();
    assert.equal(models.requests.length, before + 1);
    await workbench.command('View: Close Editor');
  });

  await step('one of a thousand prompts is found', async () => {
    for (let i = 0; i < PROMPTS; i++) await publish(`team/number-${i}`, 'Say', '1.0.0', null);
    await row('team/number-0').first().waitFor();
    await workbench.ask(
      'Promptsmith: Find Published Prompt…',
      `Select one of ${PROMPTS + 1} published prompts`,
    );
    await input.fill('number-777');
    await workbench.choices.filter({ hasText: 'team/number-777' }).click();
    await view.locator('.monaco-list-row.focused').getByText('team/number-777').waitFor();
  });

  await step('a version that cannot be read hides nothing else', async () => {
    await database.sql(
      url,
      `insert into promptsmith.versions (name, version, record, body) values ('torn', '1.0.0', '{"v": 1}', '')`,
    );
    await database.sql(
      url,
      `select pg_notify('promptsmith', '{"name":"torn","what":"version","which":"1.0.0"}')`,
    );
    await workbench.ask('Promptsmith: Find Published Prompt…', 'published prompts');
    await input.fill('torn');
    await workbench.choices.filter({ hasText: 'torn' }).click();
    await view
      .getByText(/torn@1\.0\.0/)
      .first()
      .waitFor();
    await row('team/number').first().waitFor();
  });

  await t.test('no password is in the workspace or the log', async () => {
    const text = await page.locator('body').textContent();
    assert.equal(text?.includes(password), false);
    for (const log of server.logs(/promptsmith/)) assert.equal(log.text.includes(password), false);
  });

  await t.test('the page has no errors', () => assert.deepEqual(workbench.errors, []));
}

/** Clicks until it has its effect: a menu that has just opened takes no click. */
async function clickUntil(item: Locator, effect: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await item.click();
    try {
      return await effect.waitFor({ timeout: 4000 });
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function clearNotices(workbench: Workbench): Promise<void> {
  await workbench.command('Notifications: Clear All Notifications');
  await workbench.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
}
