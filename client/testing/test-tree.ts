import {
  Disposable,
  type LogOutputChannel,
  Range,
  type TestController,
  type TestItem,
  type TestRunRequest,
  TestTag,
  type TextDocument,
  tests,
  Uri,
  workspace,
} from 'vscode';
import {
  type CaseFingerprints,
  findOutdated,
  fingerprintCases,
} from '#app/eval/fingerprint-cases.ts';
import { type GoldenCase, locateCases } from '#app/eval/locate-cases.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { PromptsView } from '../prompts/prompts-view.ts';
import { describeCase, listCaseTags } from './describe-case.ts';
import { promptFile } from './prompt-file.ts';
import { excludeCases, groupByPrompt } from './select-cases.ts';

/** Cases are read this long after the last key, in ms. */
const PAUSE = 300;
/** VS Code takes this long to notice that a test has moved, in ms. */
const GUTTER_PAUSE = 800;

/** A prompt to evaluate; `ids` null: all its cases but the holdout. */
export interface EvalTarget {
  readonly item: TestItem;
  readonly uri: Uri;
  readonly ids: ReadonlySet<string> | null;
  /** What its results will be about; null if its cases cannot be read. */
  readonly fingerprints: CaseFingerprints | null;
}

/** The prompts with golden cases and their cases, as the Test Explorer shows them. */
export class TestTree implements Disposable {
  readonly controller: TestController;
  readonly #prompts: PromptsView;
  readonly #log: LogOutputChannel;
  readonly #parts: Disposable;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Case items → the case's id. */
  readonly #ids = new WeakMap<TestItem, string>();
  /** Case items with results that are not outdated. */
  readonly #tested = new WeakSet<TestItem>();
  /** Case items that the gutter shows elsewhere for a moment. */
  readonly #away = new WeakSet<TestItem>();
  /** Prompt items → what they send and check, as last read. */
  readonly #read = new WeakMap<TestItem, CaseFingerprints>();

  constructor(prompts: PromptsView, log: LogOutputChannel) {
    this.#prompts = prompts;
    this.#log = log;
    this.controller = tests.createTestController('promptsmith', 'Golden Cases');
    this.controller.resolveHandler = async (item) => {
      if (item) await this.load(item);
      else this.#list();
    };
    // What another window or a checkout writes counts, too.
    const watcher = workspace.createFileSystemWatcher('**/*.{yaml,yml,csv,jsonl}');
    this.#parts = Disposable.from(
      this.controller,
      watcher,
      watcher.onDidChange((uri) => this.#reload(uri)),
      watcher.onDidCreate((uri) => this.#reload(uri)),
      prompts.onDidChangePrompts(() => this.#list()),
      workspace.onDidChangeTextDocument(({ document }) => this.#loadLater(document)),
      workspace.onDidOpenTextDocument((document) => this.#loadLater(document)),
    );
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#parts.dispose();
  }

  /** The item of a prompt, made when it is not listed yet. */
  async itemOf(uri: Uri): Promise<TestItem> {
    const known = this.controller.items.get(uri.toString());
    const item = known ?? this.controller.createTestItem(uri.toString(), nameOf(uri), uri);
    if (!known) {
      item.canResolveChildren = true;
      this.controller.items.add(item);
    }
    await this.load(item);
    return item;
  }

  /** What a request selects, prompt by prompt; the cases are read again. */
  async targetsOf({ include, exclude = [] }: TestRunRequest): Promise<EvalTarget[]> {
    const tree = {
      parentOf: (item: TestItem) => item.parent,
      idOf: (item: TestItem) => this.#ids.get(item),
    };
    const selected = include ?? [...this.controller.items].map(([, item]) => item);
    const excluded = new Set(exclude);
    const targets: EvalTarget[] = [];
    for (const [item, ids] of groupByPrompt(selected, tree)) {
      if (excluded.has(item) || !item.uri) continue;
      await this.load(item);
      const cases = [...item.children].map(([, one]) => one);
      const wanted = excludeCases(ids, cases, (one) => excluded.has(one), tree);
      const fingerprints = this.#read.get(item) ?? null;
      targets.push({ item, uri: item.uri, ids: wanted, fingerprints });
    }
    return targets;
  }

  /** The case items of a prompt by case id. */
  casesOf(prompt: TestItem): Map<string, TestItem> {
    return new Map(
      [...prompt.children].flatMap(([, item]) => {
        const id = this.#ids.get(item);
        return id === undefined ? [] : [[id, item] as const];
      }),
    );
  }

  /** Reads the cases of a prompt, those of its test files too. */
  async load(item: TestItem): Promise<void> {
    try {
      const prompt = item.uri && (await promptFile(item.uri));
      if (!prompt) return;
      const parsed = parsePrompt(prompt.text);
      // Test files need readers that are loaded only then.
      const { cases, fingerprints } =
        parsed.testFiles.length === 0
          ? {
              cases: locateCases(parsed.rows, () => prompt.text),
              fingerprints: fingerprintCases(parsed),
            }
          : await (await import('../on-demand.ts')).readCases(prompt);
      item.error = undefined;
      const before = this.#read.get(item);
      this.#read.set(item, fingerprints);
      this.#fill(item, cases);
      if (before) this.#invalidate(item, findOutdated(before, fingerprints));
    } catch (error) {
      // Deleted meanwhile: the list is about to lose it.
      if (/^(?:ENOENT|FileNotFound)$/.test(String((error as NodeJS.ErrnoException).code))) return;
      item.error = error instanceof Error ? error.message : String(error);
      this.#log.warn(`Cannot read the cases of ${item.id}: ${item.error}`);
    }
  }

  /** Notes that a prompt has new results. They are outdated if it changed while they were made. */
  async addResults({ item, fingerprints }: EvalTarget): Promise<void> {
    for (const one of this.casesOf(item).values()) this.#tested.add(one);
    await this.load(item);
    const now = this.#read.get(item);
    if (now && fingerprints) this.#invalidate(item, findOutdated(fingerprints, now));
  }

  #invalidate(prompt: TestItem, outdated: 'all' | ReadonlySet<string>): void {
    const cases = this.casesOf(prompt);
    const items =
      outdated === 'all'
        ? [...cases.values()]
        : [...cases].flatMap(([id, item]) => (outdated.has(id) ? [item] : []));
    if (items.length === 0) return;
    this.controller.invalidateTestResults(outdated === 'all' ? prompt : items);
    const drawn = items.filter((item) => this.#tested.delete(item));
    if (drawn.length > 0) this.#redraw(prompt, drawn);
  }

  /** VS Code draws an icon of the gutter again only if its test was elsewhere: they meet above the first row. */
  #redraw(prompt: TestItem, items: readonly TestItem[]): void {
    const key = `${prompt.id}#gutter`;
    const first = Math.min(...items.map(({ range }) => range?.start.line ?? 0));
    const line = Math.max(0, first - 1);
    for (const item of items) {
      item.range = new Range(line, 0, line, 0);
      this.#away.add(item);
    }
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      for (const [, item] of prompt.children) this.#away.delete(item);
      void this.load(prompt);
    }, GUTTER_PAUSE);
    this.#timers.set(key, timer);
  }

  #list(): void {
    const listed = this.#prompts.prompts.filter(
      ({ cases, hasTestFiles }) => cases > 0 || hasTestFiles,
    );
    this.controller.items.replace(listed.map((prompt) => this.#promptItem(prompt)));
    for (const document of workspace.textDocuments) this.#loadLater(document);
  }

  #promptItem({ uri, name, path, tags }: WorkspacePrompt): TestItem {
    const known = this.controller.items.get(uri);
    const item = known ?? this.controller.createTestItem(uri, name, Uri.parse(uri));
    item.label = name;
    item.description = name === path ? '' : path;
    item.sortText = path;
    item.tags = tags.map((tag) => new TestTag(tag));
    item.canResolveChildren = true;
    return item;
  }

  #fill(prompt: TestItem, cases: readonly GoldenCase[]): void {
    const items = cases.map((one, i) => {
      const uri = one.file === null ? prompt.uri : Uri.file(one.file);
      const id = `${prompt.id}#${one.id}`;
      const known = prompt.children.get(id);
      const isSame = known?.uri?.toString() === uri?.toString();
      const item = known && isSame ? known : this.controller.createTestItem(id, one.name, uri);
      item.label = one.name;
      const { start, end } = one.range;
      // The whole first line, so that the cursor is in the case there, too.
      if (!this.#away.has(item)) item.range = new Range(start.line, 0, end.line, end.character);
      item.sortText = String(i).padStart(6, '0');
      item.description = describeCase(one);
      item.tags = listCaseTags(one).map((tag) => new TestTag(tag));
      this.#ids.set(item, one.id);
      return item;
    });
    prompt.children.replace(items);
  }

  /** Reads again what a file on disk belongs to, if its cases were read before. */
  #reload(file: Uri): void {
    for (const [, item] of this.controller.items) {
      if (!item.uri || !this.#read.has(item)) continue;
      const isOwn = item.uri.toString() === file.toString();
      const isTestFile = [...item.children].some(([, { uri }]) => uri?.fsPath === file.fsPath);
      if (isOwn || isTestFile) this.#loadLater({ uri: item.uri });
    }
  }

  /** Cases of open prompts are read before the user expands them: the gutter marks their rows. */
  #loadLater({ uri }: Pick<TextDocument, 'uri'>): void {
    const key = uri.toString();
    const item = this.controller.items.get(key);
    if (!item) return;
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      void this.load(item);
    }, PAUSE);
    this.#timers.set(key, timer);
  }
}

function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri);
}
