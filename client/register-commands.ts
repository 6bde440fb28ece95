import { commands, Disposable } from 'vscode';
import type { Command, CommandContext } from './commands/command.ts';
import { isCanceled, showError } from './errors.ts';

/** Registers commands. A command that fails shows its error and offers the log. */
export function registerCommands(list: readonly Command[], context: CommandContext): Disposable {
  return Disposable.from(
    ...list.map((command) =>
      commands.registerCommand(command.id, async (...args: readonly unknown[]) => {
        try {
          return await command.run(context, ...args);
        } catch (error) {
          if (isCanceled(error)) return undefined;
          context.log.error(`${command.id}:`, error instanceof Error ? error : String(error));
          void offerLog(context, error);
          return undefined;
        }
      }),
    ),
  );
}

async function offerLog({ log }: CommandContext, error: unknown): Promise<void> {
  const showLog = 'Show Log';
  if ((await showError(error, showLog)) === showLog) log.show();
}
