import type { Command } from './command.ts';

export const setApiKey: Command = {
  id: 'promptsmith.setApiKey',
  run: async ({ keys }) => (await import('../on-demand.ts')).setApiKey(keys),
};

export const removeApiKey: Command = {
  id: 'promptsmith.removeApiKey',
  run: async ({ keys }) => (await import('../on-demand.ts')).removeApiKey(keys),
};
