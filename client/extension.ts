import { type ExtensionContext, window } from 'vscode';
import { COMMANDS } from './commands/index.ts';
import { LanguageServer } from './language-client.ts';
import { promptStatus } from './prompt-status.ts';
import { PromptsView } from './prompts/prompts-view.ts';
import { registerCommands } from './register-commands.ts';
import { serverStatus } from './server-status.ts';

/** VS Code ends an extension without handing it its parts, and disposes of subscriptions without waiting. */
let stop: (() => Promise<void>) | undefined;

/** Joins the parts of the extension. Nothing here waits: the server starts in the background. */
export function activate(extension: ExtensionContext): void {
  const log = window.createOutputChannel('Promptsmith', { log: true });
  const server = new LanguageServer({
    module: extension.asAbsolutePath('dist/server.cjs'),
    log,
    commands: COMMANDS.map(({ id }) => id),
  });
  const prompts = new PromptsView(server, extension.workspaceState);
  extension.subscriptions.push(
    prompts,
    serverStatus(server),
    promptStatus(server),
    registerCommands(COMMANDS, { extension, log, server, prompts }),
  );
  stop = async () => {
    await server.dispose();
    log.dispose();
  };
  void server.start();
}

/** Ends the server while there is still a log to write to. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
