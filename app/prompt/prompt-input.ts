import type { PromptDocument, Row } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { resolveSettings, type Settings } from '#core/settings.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '#io/files.ts';
import { readTestFiles, type TestRows } from '#io/test-files.ts';
import { type Project, type Projects, pathFrom } from './project.ts';

/** A prompt with everything that its project says of it. */
export interface PromptInput {
  /** Absolute; `null` for standard input and published versions. */
  readonly file: string | null;
  /** As reports show it: from the working folder, with `/`; `<stdin>`, or `name@1.4.0`. */
  readonly path: string;
  readonly prompt: PromptDocument;
  readonly project: Project;
  /** The settings that hold for this file. */
  readonly settings: Settings;
  /** What stands in its `testFiles`. */
  readonly tests: TestRows;
}

/**
 * Reads a prompt file, given absolute, its project and its test files; `text` stands for what the disk
 * has. Throws UserError when it cannot be read.
 */
export async function readPromptInput(
  file: string,
  cwd: string,
  projects: Projects,
  text?: string,
): Promise<PromptInput> {
  const path = pathFrom(cwd, file);
  const read = text === undefined ? await readTextFile(file) : { text };
  if ('error' in read) throw new UserError(read.error.message.replace(file, path));
  const project = await projects.find(file);
  const prompt = parsePrompt(read.text);
  return {
    file,
    path,
    prompt,
    project,
    settings: resolveSettings(project.settings, pathFrom(project.root, file)),
    tests: await readTestFiles(prompt, file, project.root),
  };
}

/** The rows of the file, then those of its test files. */
export function collectRows({
  prompt,
  tests,
}: Pick<PromptInput, 'prompt' | 'tests'>): readonly Row[] {
  return tests.rows.length === 0 ? prompt.rows : [...prompt.rows, ...tests.rows];
}

/** As a prompt from standard input is shown. */
export const STDIN = '<stdin>';

/** The file's path from its project root; standard input has a name of its own, a published version its `name@1.4.0`. */
export function pathInProject({
  file,
  path,
  project,
}: Pick<PromptInput, 'file' | 'path' | 'project'>): string {
  if (file !== null) return pathFrom(project.root, file);
  return path === STDIN ? 'stdin.prompt.yaml' : path;
}

/** A fresh look at a file whose text has changed. */
export function withText(input: PromptInput, text: string): PromptInput {
  return { ...input, prompt: parsePrompt(text) };
}
