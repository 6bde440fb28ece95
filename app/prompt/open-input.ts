import { Projects } from './project.ts';
import { type PromptInput, readPromptInput } from './prompt-input.ts';

/** A prompt file with the text in the editor. */
export interface PromptFile {
  /** Absolute. */
  readonly file: string;
  /** The workspace folder. */
  readonly cwd: string;
  readonly text: string;
}

/** Opens a prompt with its project, settings and test files. Throws UserError when those cannot be read. */
export function openInput({ file, cwd, text }: PromptFile): Promise<PromptInput> {
  return readPromptInput(file, cwd, new Projects(cwd), text);
}
