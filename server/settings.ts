import {
  EMPTY_BASELINE,
  type LintBaseline,
  parseLintBaseline,
} from '#core/lint/engine/lint-baseline.ts';
import { toJson } from '#core/prompt/node.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { DEFAULT_SETTINGS, readSettings, resolveSettings, type Settings } from '#core/settings.ts';
import {
  compileIgnore,
  findProjectRoot,
  getFolder,
  LINT_BASELINE_FILE,
  pathToUri,
  readTextFile,
  relativePath,
  resolvePath,
  uriToPath,
} from '#io/files.ts';
import {
  DEFAULT_EDITOR_SETTINGS,
  type EditorSettings,
  readEditorSettings,
} from './editor-settings.ts';

/** The settings that apply to one file. */
export interface FileSettings {
  /** With the overrides for the file applied. */
  readonly settings: Settings;
  /** The folder that relative paths and prompt ids start from; null for a document without a path. */
  readonly root: string | null;
  /** The path relative to the project root, with `/`. */
  readonly path: string;
  readonly ignored: boolean;
  /** The project's lint baseline. */
  readonly lintBaseline: LintBaseline;
  /** The project's settings file; null if it does not exist. */
  readonly settingsUri: string | null;
}

interface Project {
  readonly root: string;
  readonly settings: Settings;
  readonly lintBaseline: LintBaseline;
  readonly settingsUri: string | null;
}

/** Settings of the editor and of the project files, cached until they change. */
export class SettingsStore {
  editor: EditorSettings = DEFAULT_EDITOR_SETTINGS;
  readonly #fallbackRoot: string;
  readonly #projects = new Map<string, Promise<Project>>();
  readonly #files = new Map<string, FileSettings>();
  #revision = 0;

  /** `fallbackRoot`: the project root of files outside any project or repository. */
  constructor(fallbackRoot: string) {
    this.#fallbackRoot = fallbackRoot;
  }

  /** Replaces the editor's settings; returns true if they changed. */
  setEditor(value: unknown): boolean {
    const next = readEditorSettings(value);
    if (JSON.stringify(next) === JSON.stringify(this.editor)) return false;
    this.editor = next;
    this.forget();
    return true;
  }

  /** Drops everything read from project files. */
  forget(): void {
    this.#revision++;
    this.#projects.clear();
    this.#files.clear();
  }

  /** The cached settings of a file; null until `load` has resolved. */
  peek(uri: string): FileSettings | null {
    return this.#files.get(uri) ?? null;
  }

  /** The settings of a file. Reads its project file if necessary. Never rejects. */
  async load(uri: string): Promise<FileSettings> {
    for (;;) {
      const known = this.#files.get(uri);
      if (known) return known;
      const revision = this.#revision;
      const file = await this.#read(uri);
      if (revision !== this.#revision) continue;
      this.#files.set(uri, file);
      return file;
    }
  }

  /** Drops the entry of a closed document. */
  release(uri: string): void {
    this.#files.delete(uri);
  }

  async #read(uri: string): Promise<FileSettings> {
    const path = uriToPath(uri);
    if (path === null) return { ...UNKNOWN_FILE, settings: this.editor.base, path: uri };
    const { root, settings, lintBaseline, settingsUri } = await this.#project(getFolder(path));
    const inside = relativePath(root, path) ?? path;
    return {
      settings: resolveSettings(settings, inside),
      root,
      path: inside,
      ignored: compileIgnore(root, settings.ignore)(path),
      lintBaseline,
      settingsUri,
    };
  }

  #project(folder: string): Promise<Project> {
    const known = this.#projects.get(folder);
    if (known) return known;
    const project = this.#readProject(folder);
    this.#projects.set(folder, project);
    return project;
  }

  async #readProject(folder: string): Promise<Project> {
    const { base } = this.editor;
    const { root, settingsFile } = await findProjectRoot(folder, this.#fallbackRoot);
    const lintBaseline = await readLintBaseline(root);
    if (settingsFile === null) return { root, settings: base, lintBaseline, settingsUri: null };
    const settingsUri = pathToUri(settingsFile);
    const file = await readTextFile(settingsFile);
    if ('error' in file) return { root, settings: base, lintBaseline, settingsUri };
    const tree = parsePrompt(file.text).root;
    const { settings } = readSettings(tree ? toJson(tree) : null, base);
    return { root, settings, lintBaseline, settingsUri };
  }
}

/** The settings of a file that has not been looked up. */
export const UNKNOWN_FILE: FileSettings = {
  settings: DEFAULT_SETTINGS,
  root: null,
  path: '',
  ignored: false,
  lintBaseline: EMPTY_BASELINE,
  settingsUri: null,
};

/** An invalid lint baseline hides no findings; the command line reports what is wrong with it. */
async function readLintBaseline(root: string): Promise<LintBaseline> {
  const file = await readTextFile(resolvePath(root, LINT_BASELINE_FILE));
  const known = 'error' in file ? EMPTY_BASELINE : parseLintBaseline(file.text);
  return 'error' in known ? EMPTY_BASELINE : known;
}
