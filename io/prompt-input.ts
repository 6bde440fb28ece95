import type { PromptDocument, Row } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { type Settings, settingsFor } from '#core/settings.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from './files.ts';
import { type Project, type Projects, pathFrom } from './project.ts';
import { readTestFiles, type TestRows } from './test-files.ts';

/** A prompt with everything that its project says of it. */
export interface PromptInput {
  /** Absolute; `null` for standard input. */
  readonly file: string | null;
  /** As reports show it: from the working folder, with `/`; `<stdin>` for standard input. */
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
  const project = await projects.of(file);
  const prompt = parsePrompt(read.text);
  return {
    file,
    path,
    prompt,
    project,
    settings: settingsFor(project.settings, pathFrom(project.root, file)),
    tests: await readTestFiles(prompt, file, project.root),
  };
}

/** The rows of the file, then those of its test files. */
export function rowsOf({ prompt, tests }: Pick<PromptInput, 'prompt' | 'tests'>): readonly Row[] {
  return tests.rows.length === 0 ? prompt.rows : [...prompt.rows, ...tests.rows];
}

/** The file's path from its project root; standard input has a name of its own. */
export function pathInProject({ file, project }: Pick<PromptInput, 'file' | 'project'>): string {
  return file === null ? 'stdin.prompt.yaml' : pathFrom(project.root, file);
}

/** A fresh look at a file whose text has changed. */
export function withText(input: PromptInput, text: string): PromptInput {
  return { ...input, prompt: parsePrompt(text) };
}
