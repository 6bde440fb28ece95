import { l10n, window } from 'vscode';
import { rollback } from '#app/registry/promote.ts';
import { currentLabels } from '#core/registry/resolve.ts';
import type { RegistrySession } from './session.ts';

/** Moves a label back to the version it pointed to before. */
export async function rollBackLabel(session: RegistrySession, name: string): Promise<void> {
  const { moves } = await session.history(name);
  const labels = currentLabels(moves).map(({ label, version, by, at }) => ({
    label,
    description: version,
    detail: l10n.t('moved by {0}, {1}', by, at.slice(0, 10)),
  }));
  if (labels.length === 0) {
    await window.showInformationMessage(l10n.t('{0} has no labels.', name));
    return;
  }
  const chosen = await window.showQuickPick(labels, {
    title: l10n.t('Roll back which label of {0}?', name),
  });
  if (!chosen) return;
  const by = await session.author();
  const move = await rollback(session.registry, name, chosen.label, {
    by,
    why: '',
    now: Date.now(),
  });
  session.wrote(name);
  window.setStatusBarMessage(
    l10n.t('{0} of {1}: {2} → {3}', chosen.label, name, move.from ?? '', move.version),
    5000,
  );
}
