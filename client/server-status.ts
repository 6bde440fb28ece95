import { commands, Disposable, LanguageStatusSeverity, l10n, languages, window } from 'vscode';
import type { LanguageServer, ServerState } from './language-client.ts';
import { selector } from './selector.ts';

/** After so many crashes in a row it is said aloud, once. */
const LOUD = 4;

/** Shows in the language status what the server is doing. */
export function serverStatus(server: LanguageServer): Disposable {
  const item = languages.createLanguageStatusItem('promptsmith.server', selector);
  item.name = l10n.t('Promptsmith Language Server');
  item.command = { command: 'promptsmith.showLog', title: l10n.t('Show Log') };
  const show = (state: ServerState) => {
    item.text = textOf(state);
    item.busy = state.kind === 'starting' || state.kind === 'waiting';
    item.severity =
      state.kind === 'waiting'
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
    if (state.kind === 'waiting' && state.crashes === LOUD) void complain(server);
  };
  show(server.state);
  return Disposable.from(item, server.onDidChangeState(show));
}

function textOf(state: ServerState): string {
  switch (state.kind) {
    case 'starting':
      return l10n.t('Promptsmith is starting');
    case 'running':
      return l10n.t('Promptsmith is ready');
    case 'stopped':
      return l10n.t('Promptsmith is stopped');
    case 'waiting':
      return state.in === 0
        ? l10n.t('Promptsmith is starting again')
        : l10n.t('Promptsmith starts again in {0} s', state.in / 1000);
    default:
      return state satisfies never;
  }
}

async function complain(server: LanguageServer): Promise<void> {
  const showLog = l10n.t('Show Log');
  const restart = l10n.t('Restart Now');
  const message = l10n.t(
    'The Promptsmith language server keeps stopping. The log says more; it is tried again later.',
  );
  const chosen = await window.showErrorMessage(message, showLog, restart);
  if (chosen === showLog) await commands.executeCommand('promptsmith.showLog');
  if (chosen === restart) await server.restart();
}
