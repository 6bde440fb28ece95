import { ConfigurationTarget, commands, type Memento, window, workspace } from 'vscode';
import type { PromptsView } from '../prompts/prompts-view.ts';
import {
  describeMovedLabel,
  findMoves,
  type LabelledPrompt,
  type MovedLabel,
  type NotificationScope,
  type SeenMoves,
  selectMoves,
} from './label-moves.ts';
import type { RegistrySession } from './session.ts';

const MEMENTO = 'promptsmith.labelMoves';
/** More moves at once are one notification. */
const MAX_NOTIFICATIONS = 3;

/** Shows a notification for each label that someone else moved, also while the window was closed. */
export class LabelChangeNotifier {
  readonly #memory: Memento;
  readonly #prompts: PromptsView;

  constructor(memory: Memento, prompts: PromptsView) {
    this.#memory = memory;
    this.#prompts = prompts;
  }

  /** Notifies of moved labels. All labels of a registry that is seen for the first time count as known. */
  async notify(session: RegistrySession, prompts: readonly LabelledPrompt[]): Promise<void> {
    const { address } = session.registry;
    const all = this.#memory.get<Record<string, SeenMoves>>(MEMENTO, {});
    const { seen, moved } = findMoves(all[address], prompts);
    // Before anything is shown, so that no move is shown twice.
    await this.#memory.update(MEMENTO, { ...all, [address]: seen });
    const scope = workspace
      .getConfiguration('promptsmith')
      .get<NotificationScope>('notifications.registry', 'workspace');
    const here = new Set(this.#prompts.prompts.map(({ promptId }) => promptId));
    const moves = selectMoves(moved, await session.author(), scope, here);
    if (moves.length > MAX_NOTIFICATIONS) void showManyMoves(moves.length);
    else for (const move of moves) void this.#show(move);
  }

  async #show(moved: MovedLabel): Promise<void> {
    const [diff, mute] = ['Diff', 'Mute'];
    const { name, move } = moved;
    const file = this.#prompts.prompts.find(({ promptId }) => promptId === name);
    const actions = file || move.from !== null ? [diff, mute] : [mute];
    const message = describeMovedLabel(moved, new Date());
    const chosen = await window.showInformationMessage(message, ...actions);
    if (chosen === mute)
      await workspace
        .getConfiguration('promptsmith')
        .update('notifications.registry', 'off', ConfigurationTarget.Workspace);
    if (chosen !== diff) return;
    const what = move.from === null ? [file?.uri] : [{ name, from: move.from, to: move.version }];
    await commands.executeCommand('promptsmith.diffWith', ...what);
  }
}

async function showManyMoves(count: number): Promise<void> {
  const show = 'Show Registry';
  const message = `${count} labels were moved in the registry.`;
  if ((await window.showInformationMessage(message, show)) === show)
    await commands.executeCommand('promptsmith.registry.focus');
}
