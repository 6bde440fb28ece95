import type { Command } from './command.ts';

export const showLog: Command = {
  id: 'promptsmith.showLog',
  run: ({ log }) => log.show(),
};
