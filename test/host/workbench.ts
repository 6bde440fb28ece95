import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { eventually, persist } from '#test/support/persist.ts';

/** Themes of VS Code, and the class of pages in them. */
export const THEMES = [
  ['Default Light Modern', 'vscode-light'],
  ['Default Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
] as const;

/** A VS Code window, used as a person uses it. */
export class Workbench {
  readonly page: Page;
  /** Errors of the page itself, known noise left out. */
  readonly errors: readonly string[];

  private constructor(page: Page, errors: readonly string[]) {
    this.page = page;
    this.errors = errors;
  }

  /** Opens a window and waits until it can be used. */
  static async open(context: BrowserContext, url: string): Promise<Workbench> {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor();
    return new Workbench(page, errors);
  }

  /** Runs a command of the palette by its title, and takes the choice that it then offers. */
  async command(title: string, choice?: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title, choice === undefined ? 'closes' : 'asks');
    if (choice !== undefined) await this.choices.filter({ hasText: choice }).first().click();
  }

  /** Runs a command that asks for something under this title. */
  async ask(command: string, title: string): Promise<void> {
    await this.#pick('F1', `>${command}`, command, 'asks');
    await this.asks(title);
  }

  /** Waits until something is asked for under this title. */
  async asks(title: string): Promise<void> {
    await this.page.locator('.quick-input-title').getByText(title).waitFor();
  }

  /** Whether the palette has a command of this title; without it, it says so, or offers similar ones. */
  async offers(title: string): Promise<boolean> {
    const widget = this.page.locator('.quick-input-widget');
    await this.pressUntil('F1', widget);
    await widget.locator('input.input').fill(`>${title}`);
    const none = this.choices.filter({ hasText: /No matching|similar commands/ });
    const found = this.choices.filter({ hasText: title });
    await none.or(found).first().waitFor();
    const isThere = await found.first().isVisible();
    await this.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
    return isThere;
  }

  /** Runs a command that offers choices of which several may hold, and changes one of them. */
  async toggle(title: string, choice: string, on: boolean): Promise<void> {
    await this.#pick('F1', `>${title}`, title, 'asks');
    const row = this.choices.filter({ hasText: choice });
    await row.getByRole('checkbox', { checked: !on }).click();
    await row.getByRole('checkbox', { checked: on }).waitFor();
    const widget = this.page.locator('.quick-input-widget');
    await widget.getByRole('button', { name: 'OK', exact: true }).click();
    await widget.waitFor({ state: 'hidden' });
  }

  /** Loads the window again, as after a restart of VS Code; what is open is kept. */
  async reload(): Promise<void> {
    const title = 'Developer: Reload Window';
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await Promise.all([loaded, this.#pick('F1', `>${title}`, title, 'asks')]);
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }

  /** Answers a dialog that asks where to save something: under the name that it offers. */
  async saveAsOffered(name: RegExp): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await eventually(async () => name.test(await widget.locator('input.input').inputValue()));
    // While it looks into the folder it hears nothing.
    await persist(async () => {
      await this.page.keyboard.press('Enter');
      await widget.waitFor({ state: 'hidden', timeout: 4000 });
    });
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await persist(async () => {
      await this.#pick('Control+P', name, name);
      const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
      await tab.waitFor({ timeout: 5000 });
    });
    await this.editor.waitFor();
  }

  /** The active editor. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor[data-uri]').last();
  }

  /** Puts the cursor somewhere; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#pick('Control+G', `:${line}:${column}`, '');
    await this.cursorIs(`Ln ${line}, Col ${column}`);
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** Waits until the status bar says that the cursor is here. */
  async cursorIs(place: string): Promise<void> {
    await this.page.locator('[id="status.editor.selection"]').getByText(place).waitFor();
  }

  /** The page in our webview. */
  get webview(): FrameLocator {
    const frame = 'iframe.webview[src*="extensionId=promptsmith.promptsmith"]';
    return this.page.frameLocator(frame).frameLocator('iframe');
  }

  /** The status bar item of our extension. */
  get promptStatus(): Locator {
    return this.page.locator('[id="promptsmith.promptsmith.promptsmith.prompt"]');
  }

  /** What it says to screen readers, without the first word. */
  async statusText(): Promise<string> {
    const label = await this.promptStatus.locator('a').getAttribute('aria-label');
    return label?.replace(/^.*Prompt: /, '') ?? '';
  }

  /** Waits until it says this. */
  async statusTextIs(text: string): Promise<void> {
    const item = this.promptStatus.locator(`a[aria-label$="Prompt: ${text}"]`);
    await item.waitFor().catch(async () => {
      throw new Error(`the status bar says ${await this.statusText()}, not ${text}`);
    });
  }

  /** A line of the active editor. */
  line(text: string): Locator {
    return this.editor.locator('.view-line').filter({ hasText: text }).first();
  }

  /** Waits until a line of the editor has this text, hints included. */
  async textAppears(text: string): Promise<void> {
    // The editor writes blanks that do not break.
    const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]');
    const line = this.editor.locator('.view-line').filter({ hasText: new RegExp(pattern) });
    await line.first().waitFor();
  }

  /** Waits until something that extensions write behind lines fits, or until nothing does. */
  async textBehindLine(pattern: RegExp, state: 'there' | 'gone' = 'there'): Promise<void> {
    const spans = "document.querySelectorAll('.view-line span[class*=ced-]')";
    const texts = `[...${spans}].map((one) => getComputedStyle(one, '::after').content)`;
    // The editor writes blanks that do not break.
    const found = `${texts}.some((text) => ${pattern}.test(text.replaceAll('\u00a0', ' ')))`;
    await this.page.waitForFunction(state === 'there' ? found : `!${found}`).catch(async () => {
      throw new Error(`behind lines stands ${JSON.stringify(await this.page.evaluate(texts))}`);
    });
  }

  /** Types a key until it has its effect. */
  async pressUntil(key: string, effect: Locator): Promise<void> {
    await persist(async () => {
      await this.page.keyboard.press(key);
      await effect.waitFor({ timeout: 4000 });
    });
  }

  /** Rows of the quick input that is open. */
  get choices(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
  }

  /** Types a key, fills the quick input and takes the row that fits; tries again when it went away. */
  async #pick(
    key: string,
    text: string,
    row: string,
    then: 'closes' | 'asks' = 'closes',
  ): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const input = widget.locator('input.input');
    const attempt = async () => {
      await widget.waitFor({ state: 'hidden', timeout: 5000 });
      await this.page.keyboard.press(key);
      await input.waitFor({ timeout: 2000 });
      await input.fill(text);
      const choice = this.choices.filter({ hasText: row }).first();
      if (row === '') await this.page.keyboard.press('Enter');
      else await choice.click({ timeout: 5000 });
      if (then === 'closes') await widget.waitFor({ state: 'hidden', timeout: 5000 });
    };
    await persist(attempt, () => this.page.keyboard.press('Escape'));
  }
}
