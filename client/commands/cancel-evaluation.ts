import type { Command } from './command.ts';

/** Ends every evaluation that runs; what is finished is kept. */
export const cancelEvaluation: Command = {
  id: 'promptsmith.cancelEvaluation',
  run: ({ evals }) => evals.cancel(),
};
