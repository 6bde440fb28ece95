import { window } from 'vscode';
import type { VersionRecord } from '#core/registry/registry.ts';
import type { RegistrySession } from './session.ts';

/** Asks for a published prompt. The search includes labels. */
export async function pickPublished(session: RegistrySession): Promise<string | undefined> {
  const items = (await session.list()).map((prompt) => ({
    label: prompt.name,
    description: prompt.labels.map(({ label, version }) => `${label} ${version}`).join(' · '),
  }));
  const chosen = await window.showQuickPick(items, {
    title: `Select one of ${items.length} published prompts`,
    matchOnDescription: true,
  });
  return chosen?.label;
}

/** Asks for a version of a prompt, unless `wanted` exists. */
export async function pickVersion(
  name: string,
  versions: readonly VersionRecord[],
  wanted: string | null,
): Promise<VersionRecord | undefined> {
  const named = versions.find(({ version }) => version === wanted);
  if (named) return named;
  const items = versions.map((record) => ({
    label: record.version,
    description: record.change,
    record,
  }));
  const title = `Select a version of ${name} to promote`;
  return (await window.showQuickPick(items, { title }))?.record;
}
