import type { EncodingProblem } from '#core/decode-text.ts';
import { derivePromptId } from '#core/eval/ids.ts';
import type { PromptDocument, Row } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { resolveSettings, type Settings } from '#core/settings.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '#io/files.ts';
import { readTestFiles, type TestRows } from '#io/test-files.ts';
import { type Project, type Projects, pathFrom } from './project.ts';

/** A prompt with its project, settings and test rows. */
export interface PromptInput {
  /** Absolute; `null` for standard input and published versions. */
  readonly file: string | null;
  /** As reports show it: relative to the working folder, with `/`; `<stdin>`, or `name@1.4.0`. */
  readonly path: string;
  readonly prompt: PromptDocument;
  readonly project: Project;
  /** The settings that apply to this file. */
  readonly settings: Settings;
  /** The rows of its `testFiles`. */
  readonly tests: TestRows;
  /** Set if the file is not UTF-8, for `check` only: the document has its lossy text. */
  readonly encoding?: EncodingProblem;
}

/**
 * Reads a prompt file (an absolute path) with its project and its test files; `text` replaces the text on
 * disk. Throws UserError when it cannot be read or is not UTF-8.
 */
export async function readPromptInput(
  file: string,
  cwd: string,
  projects: Projects,
  text?: string,
): Promise<PromptInput> {
  const read = text === undefined ? await readTextFile(file) : await acceptEditorText(file, text);
  if ('error' in read) throw new UserError(read.error.message.replace(file, pathFrom(cwd, file)));
  return await createInput(file, cwd, projects, read.text);
}

/** Reads a prompt to check it. A file that is not UTF-8 has an `encoding`, and nothing else may use it. */
export async function readCheckedInput(
  file: string,
  cwd: string,
  projects: Projects,
): Promise<PromptInput> {
  const read = await readTextFile(file);
  const encoding = 'error' in read ? read.error.encoding : undefined;
  if (!encoding) return await readPromptInput(file, cwd, projects);
  return { ...(await createInput(file, cwd, projects, encoding.lossy)), encoding };
}

/**
 * The text of an open editor. An editor that takes a file for UTF-8 shows U+FFFD for what it cannot decode, and
 * that must neither run nor be published.
 */
async function acceptEditorText(file: string, text: string): ReturnType<typeof readTextFile> {
  if (!/[\ufffd\0]/.test(text)) return { text };
  const read = await readTextFile(file);
  return 'error' in read && read.error.kind === 'not-utf8' ? read : { text };
}

async function createInput(
  file: string,
  cwd: string,
  projects: Projects,
  text: string,
): Promise<PromptInput> {
  const path = pathFrom(cwd, file);
  const project = await projects.find(file);
  const prompt = parsePrompt(text);
  return {
    file,
    path,
    prompt,
    project,
    settings: resolveSettings(project.settings, pathFrom(project.root, file)),
    tests: await readTestFiles(prompt, file, project.root),
  };
}

/** Collects the rows of the file, then those of its test files. */
export function collectRows({
  prompt,
  tests,
}: Pick<PromptInput, 'prompt' | 'tests'>): readonly Row[] {
  return tests.rows.length === 0 ? prompt.rows : [...prompt.rows, ...tests.rows];
}

/** The path that reports show for standard input. */
export const STDIN = '<stdin>';

/** The file's path relative to its project root; `stdin.prompt.yaml` for standard input, `name@1.4.0` for a published version. */
export function pathInProject({
  file,
  path,
  project,
}: Pick<PromptInput, 'file' | 'path' | 'project'>): string {
  if (file !== null) return pathFrom(project.root, file);
  return path === STDIN ? 'stdin.prompt.yaml' : path;
}

/** The name of a prompt in its registry, under which its runs are stored, too. */
export function promptIdOf(input: PromptInput): string {
  return derivePromptId(pathInProject(input), input.prompt.id);
}

/** The same prompt on another model. */
export function withModel(input: PromptInput, model: string): PromptInput {
  return { ...input, prompt: { ...input.prompt, model } };
}

/** The same prompt with its test files as they are now. */
export async function withTests(input: PromptInput): Promise<PromptInput> {
  const { file, prompt, project } = input;
  if (file === null) return input;
  return { ...input, tests: await readTestFiles(prompt, file, project.root) };
}

/** The same prompt, parsed again from a new text in UTF-8. */
export function withText({ encoding: _, ...input }: PromptInput, text: string): PromptInput {
  return { ...input, prompt: parsePrompt(text) };
}
