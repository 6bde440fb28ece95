import { dirname, relative, resolve, sep } from 'node:path';
import { spanAt } from '#core/prompt/locate.ts';
import { toJson } from '#core/prompt/node.ts';
import { parseYaml } from '#core/prompt/yaml.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '#core/settings.ts';
import { LineMap, type Span } from '#core/text.ts';
import { UserError } from '#core/user-error.ts';
import { findProjectRoot, readTextFile } from '#io/files.ts';

/** A project: the folder of the nearest settings file, or of the repository, with its settings. */
export interface Project {
  readonly root: string;
  /** The settings file, if it exists. */
  readonly settingsPath: string | null;
  readonly settingsText: string | null;
  readonly settings: Settings;
  /** Keys of the settings file that nobody knows, one sentence each with its place. */
  readonly warnings: readonly string[];
}

/** Finds and reads each project once. */
export class Projects {
  readonly #cwd: string;
  readonly #byFolder = new Map<string, Promise<Project>>();
  readonly #byRoot = new Map<string, Promise<Project>>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Finds the project of a file. Throws UserError when its settings are not valid. */
  find(file: string): Promise<Project> {
    const folder = dirname(resolve(this.#cwd, file));
    let project = this.#byFolder.get(folder);
    if (!project) {
      project = this.#findFromFolder(folder);
      this.#byFolder.set(folder, project);
    }
    return project;
  }

  async #findFromFolder(folder: string): Promise<Project> {
    const { root, settingsFile } = await findProjectRoot(folder, this.#cwd);
    let project = this.#byRoot.get(root);
    if (!project) {
      project = load(root, settingsFile, this.#cwd);
      this.#byRoot.set(root, project);
    }
    return project;
  }
}

/** A path relative to a folder, with `/`, as in settings and reports. */
export function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/') || '.';
}

async function load(root: string, settingsPath: string | null, cwd: string): Promise<Project> {
  if (settingsPath === null)
    return { root, settingsPath, settingsText: null, settings: DEFAULT_SETTINGS, warnings: [] };
  const file = await readTextFile(settingsPath);
  if ('error' in file) throw new UserError(file.error.message);
  const yaml = parseYaml(file.text);
  const { settings, complaints } = readSettings(yaml.root ? toJson(yaml.root) : null);
  const placed = complaints.map((complaint) => ({
    ...complaint,
    span: spanAt(yaml.root, complaint.path),
  }));
  const lines = new LineMap(file.text);
  const locate = ({ message, span }: { readonly message: string; readonly span: Span }) => {
    const { line, character } = lines.position(span.start);
    return `${pathFrom(cwd, settingsPath)}:${line + 1}:${character + 1}: ${message}`;
  };
  const broken = [...yaml.problems, ...placed.filter(({ unknownKey }) => unknownKey === undefined)];
  const [first] = broken;
  if (first) {
    const more = broken.length > 1 ? ` (and ${broken.length - 1} more)` : '';
    throw new UserError(`${locate(first)}${more}`);
  }
  // A newer version may define an unknown key: nothing depends on it here.
  const warnings = placed.map((complaint) => `${locate(complaint)} It is ignored.`);
  return { root, settingsPath, settingsText: file.text, settings, warnings };
}
