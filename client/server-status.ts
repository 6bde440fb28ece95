import { commands, Disposable, LanguageStatusSeverity, languages, window } from 'vscode';
import type { LanguageServer, ServerState } from './language-client.ts';
import { selector } from './selector.ts';

/** Crashes in a row until a notification is shown, once. */
const CRASHES_UNTIL_NOTIFICATION = 4;

/** Shows in the language status what the server is doing. */
export function createServerStatus(server: LanguageServer): Disposable {
  const item = languages.createLanguageStatusItem('promptsmith.server', selector);
  item.name = 'Promptsmith Language Server';
  item.command = { command: 'promptsmith.showLog', title: 'Show Log' };
  const show = (state: ServerState) => {
    item.text = formatState(state);
    item.busy = state.kind === 'starting' || state.kind === 'waiting';
    item.severity =
      state.kind === 'waiting'
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
    if (state.kind === 'waiting' && state.crashes === CRASHES_UNTIL_NOTIFICATION)
      void showCrashes(server);
  };
  show(server.state);
  return Disposable.from(item, server.onDidChangeState(show));
}

function formatState(state: ServerState): string {
  switch (state.kind) {
    case 'starting':
      return 'Promptsmith is starting';
    case 'running':
      return 'Promptsmith is ready';
    case 'stopped':
      return 'Promptsmith is stopped';
    case 'waiting':
      return state.in === 0
        ? 'Promptsmith is restarting'
        : `Promptsmith restarts in ${state.in / 1000} s`;
    default:
      return state satisfies never;
  }
}

async function showCrashes(server: LanguageServer): Promise<void> {
  const showLog = 'Show Log';
  const restart = 'Restart Now';
  const message =
    'The Promptsmith language server keeps crashing. It will be restarted later. See the log for details.';
  const chosen = await window.showErrorMessage(message, showLog, restart);
  if (chosen === showLog) await commands.executeCommand('promptsmith.showLog');
  if (chosen === restart) await server.restart();
}
