import { dirname, join } from 'node:path';
import type { CallSite, OtherFile, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { findCallSites, readWorkflow, type Workflow } from '#core/lint/workflow/read-workflow.ts';
import { findUpward, listFolder, pathToUri, readTextFile, relativePath } from './files.ts';

/** Where GitHub reads workflows, from the repository root. */
const FOLDER = '.github/workflows';
/** More workflows, or longer ones in bytes, are not read. */
const MAX_FILES = 300;
const MAX_BYTES = 1024 * 1024;

/** True for the path or URI of a workflow of GitHub Actions. */
export function isWorkflowFile(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path.replaceAll('\\', '/'));
}

/** The workflows around prompt files: each repository's are read once, and kept until forgotten. */
export class WorkflowFiles {
  readonly #folders = new Map<string, Promise<string | null>>();
  readonly #read = new Map<string, Promise<readonly Workflow[]>>();

  /** The folder with the workflows of a prompt's repository; null when there is none. */
  folderOf(promptFile: string): Promise<string | null> {
    const from = dirname(promptFile);
    let folder = this.#folders.get(from);
    if (!folder) {
      folder = findUpward(FOLDER, from);
      this.#folders.set(from, folder);
    }
    return folder;
  }

  /** Who runs the prompt. Empty where there are no workflows at all. */
  async factsOf(promptFile: string): Promise<Pick<WorkspaceFacts, 'callSites' | 'files'>> {
    const folder = await this.folderOf(promptFile);
    if (folder === null) return {};
    const root = dirname(dirname(folder));
    let workflows = this.#read.get(folder);
    if (!workflows) {
      workflows = readAll(folder, root);
      this.#read.set(folder, workflows);
    }
    const path = relativePath(root, promptFile);
    const none = { callSites: [] as CallSite[], files: new Map<string, OtherFile>() };
    return path === null ? none : findCallSites(await workflows, path);
  }

  /** Something has changed: all are read again. */
  forget(): void {
    this.#folders.clear();
    this.#read.clear();
  }
}

async function readAll(folder: string, root: string): Promise<Workflow[]> {
  const names = (await listFolder(folder)).filter((name) => /\.ya?ml$/.test(name));
  const workflows: Workflow[] = [];
  for (const name of names.slice(0, MAX_FILES)) {
    const path = join(folder, name);
    const file = await readTextFile(path, MAX_BYTES);
    // What cannot be read runs no prompt as far as anybody here can tell.
    if ('error' in file) continue;
    workflows.push(readWorkflow(pathToUri(path), relativePath(root, path) ?? name, file.text));
  }
  return workflows;
}
