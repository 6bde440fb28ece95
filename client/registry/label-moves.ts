import type { LabelState } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';

/** A prompt of the registry with its current labels, or with all their moves. */
export interface LabelledPrompt {
  readonly name: string;
  readonly labels: readonly LabelState[];
}

/** The number of the last move that was seen, by `name@label`. */
export type SeenMoves = Readonly<Record<string, number>>;

/** A label of a prompt that was moved. */
export interface MovedLabel {
  readonly name: string;
  readonly move: LabelState;
}

/** The setting `promptsmith.notifications.registry`. */
export type NotificationScope = 'workspace' | 'all' | 'off';

/** The moves since `known`, and what has been seen now. Without `known` nothing counts as moved. */
export function findMoves(
  known: SeenMoves | undefined,
  prompts: readonly LabelledPrompt[],
): { readonly seen: SeenMoves; readonly moved: readonly MovedLabel[] } {
  const seen: Record<string, number> = { ...known };
  const moved: MovedLabel[] = [];
  for (const { name, labels } of prompts) {
    for (const move of findCurrentLabels(labels)) {
      const key = `${name}@${move.label}`;
      if (known && (known[key] ?? 0) < move.n) moved.push({ name, move });
      seen[key] = move.n;
    }
  }
  return { seen, moved };
}

/** The moves to notify of: those of others, of prompts in `scope`. `here`: the names in this workspace. */
export function selectMoves(
  moved: readonly MovedLabel[],
  author: string,
  scope: NotificationScope,
  here: ReadonlySet<string>,
): MovedLabel[] {
  return moved.filter(
    ({ name, move }) =>
      move.by !== author && (scope === 'all' || (scope === 'workspace' && here.has(name))),
  );
}

/** `production of triage: 1.0.0 → 1.1.0, moved by ada, 22:14`; with the day unless it is today. */
export function describeMovedLabel({ name, move }: MovedLabel, now: Date): string {
  const { label, from, version, at, by } = move;
  const time = formatTime(new Date(at), now);
  return `${label} of ${name}: ${from ?? '(new)'} → ${version}, moved by ${by}, ${time}`;
}

function formatTime(at: Date, now: Date): string {
  const isToday = at.toDateString() === now.toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return at.toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}
