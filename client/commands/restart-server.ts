import type { Command } from './command.ts';

export const restartServer: Command = {
  id: 'promptsmith.restartServer',
  run: ({ server }) => server.restart(),
};
