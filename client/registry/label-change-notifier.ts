import { ConfigurationTarget, commands, type Memento, window, workspace } from 'vscode';
import type { LabelState } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import type { PromptsView } from '../prompts/prompts-view.ts';
import type { RegistrySession } from './session.ts';

const MEMENTO = 'promptsmith.labelMoves';
/** More moves at once are one notification. */
const MAX_NOTIFICATIONS = 3;

interface Labelled {
  readonly name: string;
  /** Current labels, or all their moves. */
  readonly labels: readonly LabelState[];
}

/** Shows a notification for each label that someone else moved, also while the window was closed. */
export class LabelChangeNotifier {
  readonly #memory: Memento;
  readonly #prompts: PromptsView;

  constructor(memory: Memento, prompts: PromptsView) {
    this.#memory = memory;
    this.#prompts = prompts;
  }

  /** Notifies of moved labels. All labels of a registry that is seen for the first time count as known. */
  async notify(session: RegistrySession, prompts: readonly Labelled[]): Promise<void> {
    const { address } = session.registry;
    const all = this.#memory.get<Record<string, Record<string, number>>>(MEMENTO, {});
    const known = all[address];
    const seen = { ...known };
    const moved: { readonly name: string; readonly move: LabelState }[] = [];
    for (const { name, labels } of prompts) {
      for (const move of findCurrentLabels(labels)) {
        const key = `${name}@${move.label}`;
        if (known && (known[key] ?? 0) < move.n) moved.push({ name, move });
        seen[key] = move.n;
      }
    }
    // Before anything is shown, so that no move is shown twice.
    await this.#memory.update(MEMENTO, { ...all, [address]: seen });
    const author = await session.author();
    const concerns = this.#concern();
    const news = moved.filter(({ name, move }) => move.by !== author && concerns(name));
    if (news.length > MAX_NOTIFICATIONS) void showManyMoves(news.length);
    else for (const { name, move } of news) void this.#say(name, move);
  }

  /** Whether the user wants notifications for a prompt. */
  #concern(): (name: string) => boolean {
    const whose = workspace.getConfiguration('promptsmith').get('notifications.registry');
    if (whose !== 'workspace') return () => whose === 'all';
    const here = new Set(this.#prompts.prompts.map(({ promptId }) => promptId));
    return (name) => here.has(name);
  }

  async #say(name: string, { label, from, version, at, by }: LabelState): Promise<void> {
    const [diff, mute] = ['Diff', 'Mute'];
    const file = this.#prompts.prompts.find(({ promptId }) => promptId === name);
    const message = `${label} of ${name}: ${from ?? '(new)'} → ${version}, moved by ${by}, ${formatTime(new Date(at), new Date())}`;
    const actions = file || from !== null ? [diff, mute] : [mute];
    const chosen = await window.showInformationMessage(message, ...actions);
    if (chosen === mute)
      await workspace
        .getConfiguration('promptsmith')
        .update('notifications.registry', 'off', ConfigurationTarget.Workspace);
    if (chosen !== diff) return;
    const what = from === null ? [file?.uri] : [{ name, from, to: version }];
    await commands.executeCommand('promptsmith.diffWith', ...what);
  }
}

async function showManyMoves(count: number): Promise<void> {
  const show = 'Show Registry';
  const message = `${count} labels were moved in the registry.`;
  if ((await window.showInformationMessage(message, show)) === show)
    await commands.executeCommand('promptsmith.registry.focus');
}

/** `22:14`, with the day unless it is today. */
function formatTime(at: Date, now: Date): string {
  const isToday = at.toDateString() === now.toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return at.toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}
