import { Projects } from './project.ts';
import { type PromptInput, readPromptInput } from './prompt-input.ts';

/** A prompt file as the editor has it. */
export interface PromptFile {
  /** Absolute. */
  readonly file: string;
  /** The workspace folder. */
  readonly cwd: string;
  readonly text: string;
}

/** The prompt with its project, settings and test files. Throws UserError when those cannot be used. */
export function openInput({ file, cwd, text }: PromptFile): Promise<PromptInput> {
  return readPromptInput(file, cwd, new Projects(cwd), text);
}
