import { type Disposable, Uri, workspace } from 'vscode';
import { type Project, Projects } from '#app/prompt/project.ts';
import { registryExists } from '#io/registries/address.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { openSession } from './open-session.ts';
import type { RegistrySession } from './session.ts';

/** The open registries, one for each project of the workspace. */
export class RegistrySessions implements Disposable {
  readonly #keys: ApiKeys;
  readonly #open = new Map<string, Promise<RegistrySession | null>>();

  constructor(keys: ApiKeys) {
    this.#keys = keys;
  }

  /**
   * The registry of the project that a file belongs to; null if opening it needs the user and `ask` is false,
   * or if the user declines. Rejects with UserError or RegistryError.
   */
  async open(file: Uri, ask: boolean): Promise<RegistrySession | null> {
    const project = await findProject(file);
    const known = await this.#open.get(project.root)?.catch(() => null);
    if (known) return known;
    const opening = openSession(this.#keys, project, ask);
    this.#open.set(project.root, opening);
    return await opening;
  }

  /** Closes all: settings have changed, or a registry does not answer. */
  reset(): void {
    for (const session of this.#open.values()) {
      void session.then(
        (one) => one?.dispose(),
        () => {},
      );
    }
    this.#open.clear();
  }

  dispose(): void {
    this.reset();
  }
}

/** Whether the project of a file configures a registry or has the default folder. */
export async function hasRegistry(file: Uri): Promise<boolean> {
  const { root, settings } = await findProject(file);
  return await registryExists(settings.registry, root);
}

async function findProject(file: Uri): Promise<Project> {
  const folder = workspace.getWorkspaceFolder(file) ?? workspace.workspaceFolders?.[0];
  const cwd = (folder?.uri ?? Uri.joinPath(file, '..')).fsPath;
  return await new Projects(cwd).find(file.fsPath);
}
