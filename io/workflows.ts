import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WorkflowProblems } from '#core/lint/engine/facts.ts';
import type { CallSite, OtherFile, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import {
  assignProblems,
  findCallSites,
  listExpectedPrompts,
  listLocalUses,
  readWorkflows,
  type SourceFile,
  type Workflow,
} from '#core/lint/workflow/read-workflow.ts';
import {
  findPromptFiles,
  findUpward,
  listFolder,
  pathToUri,
  readTextFile,
  relativePath,
} from './files.ts';

/** Where GitHub reads workflows, from the repository root. */
const FOLDER = '.github/workflows';
/** More workflows, or longer ones in bytes, are not read. */
const MAX_FILES = 300;
const MAX_BYTES = 1024 * 1024;
/** More prompt files of a repository are not looked at. */
const MAX_PROMPTS = 5000;
/** Actions that use actions end here. */
const MAX_ROUNDS = 3;

/** What the workflows of a repository say about its prompts. */
interface RepositoryFacts {
  readonly workflows: readonly Workflow[];
  readonly problems: ReadonlyMap<string, WorkflowProblems>;
}

/** True for the path or URI of a workflow of GitHub Actions, or of a local action. */
export function isWorkflowFile(path: string): boolean {
  return /(?:^|\/)(?:\.github\/workflows\/[^/]+|action)\.ya?ml$/.test(path.replaceAll('\\', '/'));
}

/** The workflows around prompt files: each repository's are read once, and kept until forgotten. */
export class WorkflowFiles {
  readonly #folders = new Map<string, Promise<string | null>>();
  readonly #read = new Map<string, Promise<RepositoryFacts>>();
  readonly #root: string | undefined;

  /** `root`: of the only repository; default: what is found from each prompt upward. */
  constructor(root?: string) {
    this.#root = root;
  }

  /** The folder with the workflows of a prompt's repository; null when there is none. */
  folderOf(promptFile: string): Promise<string | null> {
    const from = this.#root ?? dirname(promptFile);
    let folder = this.#folders.get(from);
    if (!folder) {
      const own = join(from, FOLDER);
      folder =
        this.#root === undefined
          ? findUpward(FOLDER, from)
          : Promise.resolve(existsSync(own) ? own : null);
      this.#folders.set(from, folder);
    }
    return folder;
  }

  /** Who runs the prompt. Empty where there are no workflows at all. */
  async factsOf(
    promptFile: string,
  ): Promise<Pick<WorkspaceFacts, 'callSites' | 'files' | 'workflowProblems'>> {
    const folder = await this.folderOf(promptFile);
    if (folder === null) return {};
    const root = dirname(dirname(folder));
    let read = this.#read.get(folder);
    if (!read) {
      read = readRepository(folder, root);
      this.#read.set(folder, read);
    }
    const path = relativePath(root, promptFile);
    const none = { callSites: [] as CallSite[], files: new Map<string, OtherFile>() };
    if (path === null) return none;
    const { workflows, problems } = await read;
    return findCallSites(workflows, path, problems.get(path));
  }

  /** Something has changed: all are read again. */
  forget(): void {
    this.#folders.clear();
    this.#read.clear();
  }
}

async function readRepository(folder: string, root: string): Promise<RepositoryFacts> {
  const workflows = readWorkflows(await readFiles(folder, root));
  const isMissing = listExpectedPrompts(workflows).some((path) => !existsSync(join(root, path)));
  const isInline = workflows.some(({ inline }) => inline.length > 0);
  // Only then the whole repository is searched.
  if (!isMissing && !isInline) return { workflows, problems: new Map() };
  const prompts: string[] = [];
  for await (const file of findPromptFiles([root])) {
    const path = relativePath(root, file);
    if (path !== null) prompts.push(path);
    if (prompts.length >= MAX_PROMPTS) break;
  }
  // A file that no search enters exists nevertheless.
  const named = listExpectedPrompts(workflows).filter((path) => existsSync(join(root, path)));
  return { workflows, problems: assignProblems(workflows, prompts, new Set(named)) };
}

/** The workflows, and the local actions that they use. */
async function readFiles(folder: string, root: string): Promise<SourceFile[]> {
  const names = (await listFolder(folder)).filter((name) => /\.ya?ml$/.test(name));
  const files = await readEach(
    names.slice(0, MAX_FILES).map((name) => join(folder, name)),
    root,
  );
  const seen = new Set<string>();
  for (let next = files, round = 0; next.length > 0 && round < MAX_ROUNDS; round++) {
    const used = [...new Set(next.flatMap(({ text }) => listLocalUses(text)))].filter(
      (path) => !/\.ya?ml$/.test(path) && !seen.has(path),
    );
    for (const path of used) seen.add(path);
    const paths = used.flatMap((path) =>
      ['yml', 'yaml'].map((end) => join(root, path, `action.${end}`)),
    );
    next = await readEach(
      paths.filter((path) => relativePath(root, path) !== null && existsSync(path)),
      root,
    );
    files.push(...next);
  }
  return files;
}

async function readEach(paths: readonly string[], root: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of paths.slice(0, MAX_FILES)) {
    const file = await readTextFile(path, MAX_BYTES);
    // What cannot be read runs no prompt as far as anybody here can tell.
    if ('error' in file) continue;
    files.push({ uri: pathToUri(path), path: relativePath(root, path) ?? path, text: file.text });
  }
  return files;
}
