import { type ExtensionContext, window } from 'vscode';
import { COMMANDS } from './commands/index.ts';
import { LanguageServer } from './language-client.ts';
import { promptStatus } from './prompt-status.ts';
import { PromptsView } from './prompts/prompts-view.ts';
import { registerCommands } from './register-commands.ts';
import { serverStatus } from './server-status.ts';

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
    log,
    server,
    prompts,
    serverStatus(server),
    promptStatus(server),
    registerCommands(COMMANDS, { extension, log, server, prompts }),
  );
  void server.start();
}
