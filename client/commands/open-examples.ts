import { openExamples } from '../examples.ts';
import type { Command } from './command.ts';

export const openExampleWorkspace: Command = {
  id: 'promptsmith.openExamples',
  run: ({ extension }, file) =>
    openExamples(extension, typeof file === 'string' ? file : undefined),
};
