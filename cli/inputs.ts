import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Projects, pathFrom } from '#app/prompt/project.ts';
import {
  type PromptInput,
  readCheckedInput,
  readPromptInput,
  STDIN,
} from '#app/prompt/prompt-input.ts';
import { matchesGlob } from '#core/glob.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { compileIgnore, decodeFile, findPromptFiles } from '#io/files.ts';
import { NO_TEST_ROWS, type TestRows } from '#io/test-files.ts';
import { type CommandContext, UsageError } from './command.ts';

/** Problems of test files that are printed per prompt. */
const MAX_PROBLEMS = 10;

/**
 * Reads the prompts that the operands name: files, folders, globs and `-`; the working folder if there are
 * none. Prints the errors and warnings about their test files. Throws UsageError for an operand that does not exist, cannot be read or contains no prompt.
 */
export async function readInputs(
  operands: readonly string[],
  context: CommandContext,
): Promise<PromptInput[]> {
  const inputs = await readInputsToCheck(operands, context, readPromptInput);
  const warnings = new Set(inputs.flatMap(({ project }) => project.warnings));
  for (const warning of warnings) context.terminal.note(warning);
  for (const { path, tests } of inputs) {
    const problems = tests.problems.filter(({ severity }) => severity !== 'info');
    for (const { message } of problems.slice(0, MAX_PROBLEMS))
      context.terminal.note(`${path}: ${message}`);
    const more = problems.length - MAX_PROBLEMS;
    if (more > 0) context.terminal.note(`${path}: and ${more} more problems in its test files`);
  }
  return inputs;
}

/** Reads the prompts for `check`, also those that are not UTF-8, and prints nothing: problems become findings. */
export async function readInputsToCheck(
  operands: readonly string[],
  context: CommandContext,
  read: typeof readPromptInput = readCheckedInput,
): Promise<PromptInput[]> {
  const projects = new Projects(context.cwd);
  const inputs: PromptInput[] = [];
  for (const file of await findFiles(
    operands.length === 0 ? ['.'] : operands,
    context.cwd,
    projects,
  )) {
    inputs.push(
      file === '-'
        ? await readStandardInput(context, projects)
        : await read(file, context.cwd, projects),
    );
  }
  return inputs;
}

async function findFiles(
  operands: readonly string[],
  cwd: string,
  projects: Projects,
): Promise<string[]> {
  const files = new Set<string>();
  for (const operand of operands) {
    const before = files.size;
    if (operand === '-') files.add('-');
    else for (const file of await expandOperand(operand, cwd, projects)) files.add(file);
    if (files.size === before && !operands.includes(operand, operands.indexOf(operand) + 1))
      throw noPromptsError(operand, cwd);
  }
  return [...files];
}

async function expandOperand(operand: string, cwd: string, projects: Projects): Promise<string[]> {
  const path = resolve(cwd, operand);
  const kind = await readPathKind(path);
  if (kind === 'file') return [path];
  const isGlob = /[*?{]/.test(operand);
  if (kind === 'none' && !isGlob) throw new UsageError(`${operand}: no such file or folder.`);
  const glob = operand.replaceAll('\\', '/');
  const fixed = /^(?:[^*?{]*\/)?/.exec(glob)?.[0] ?? '';
  const base = kind === 'folder' ? path : resolve(cwd, fixed);
  const { root, settings } = await projects.find(resolve(base, 'any'));
  const found: string[] = [];
  for await (const file of findPromptFiles([base], compileIgnore(root, settings.ignore))) {
    const isNamed =
      kind === 'folder' || matchesGlob(pathFrom(base, file), [`/${glob.slice(fixed.length)}`]);
    if (isNamed) found.push(file);
  }
  return found.sort();
}

function noPromptsError(operand: string, cwd: string): UsageError {
  const place = operand === '.' ? pathFrom(resolve(cwd, '..'), cwd) : operand;
  return new UsageError(
    `${place}: no prompt files (*.prompt.yaml, *.prompt.yml) found. Pass a file or another folder.`,
  );
}

async function readStandardInput(
  context: CommandContext,
  projects: Projects,
): Promise<PromptInput> {
  const read = decodeFile(STDIN, await context.readStdin());
  if ('error' in read) throw new UsageError(read.error.message);
  const project = await projects.find(resolve(context.cwd, 'stdin'));
  const prompt = parsePrompt(read.text);
  return {
    file: null,
    path: STDIN,
    prompt,
    project,
    settings: project.settings,
    tests: prompt.testFiles.length === 0 ? NO_TEST_ROWS : NO_FOLDER,
  };
}

const NO_FOLDER: TestRows = {
  rows: [],
  problems: [
    {
      pattern: 0,
      message: '`testFiles` cannot be resolved for standard input: pass the file instead',
      severity: 'error',
    },
  ],
};

async function readPathKind(path: string): Promise<'file' | 'folder' | 'none'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'none';
    throw new UsageError(message);
  }
}
