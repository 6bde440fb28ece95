import { window } from 'vscode';
import type { RegistrySession } from './session.ts';

/** Asks for one of all published prompts; its labels are searched, too. */
export async function pickPublished(session: RegistrySession): Promise<string | undefined> {
  const items = (await session.list()).map((prompt) => ({
    label: prompt.name,
    description: prompt.labels.map(({ label, version }) => `${label} ${version}`).join(' · '),
  }));
  const chosen = await window.showQuickPick(items, {
    title: `Which of ${items.length} published prompts?`,
    matchOnDescription: true,
  });
  return chosen?.label;
}
