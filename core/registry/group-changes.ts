import type { Change, Wording } from './change.ts';

/** Changes in a row that are in the same text, or one change that is in none. */
export interface ChangeGroup {
  readonly changes: readonly Change[];
  readonly wording: Wording | null;
}

/** Groups changes by the text that they are in, so that the text is shown once, below the last of them. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups: { changes: Change[]; wording: Wording | null }[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const { wording = null } = change;
    if (wording !== null && last?.wording === wording) last.changes.push(change);
    else groups.push({ changes: [change], wording });
  }
  return groups;
}
