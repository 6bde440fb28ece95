import { window } from 'vscode';
import { rollback } from '#app/registry/promote.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import type { RegistrySession } from './session.ts';

/** Moves a label back to the version it pointed to before. */
export async function rollBackLabel(session: RegistrySession, name: string): Promise<void> {
  const { moves } = await session.history(name);
  const labels = findCurrentLabels(moves).map(({ label, version, by, at }) => ({
    label,
    description: version,
    detail: `moved by ${by}, ${at.slice(0, 10)}`,
  }));
  if (labels.length === 0) {
    await window.showInformationMessage(`${name} has no labels.`);
    return;
  }
  const chosen = await window.showQuickPick(labels, {
    title: `Select a label of ${name} to roll back`,
  });
  if (!chosen) return;
  const by = await session.author();
  const move = await rollback(session.registry, name, chosen.label, {
    by,
    why: '',
    now: Date.now(),
  });
  session.reportChange(name);
  window.setStatusBarMessage(
    `${chosen.label} of ${name}: ${move.from ?? ''} → ${move.version}`,
    5000,
  );
}
