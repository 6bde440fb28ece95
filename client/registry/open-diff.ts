import { commands, type QuickPickItem, type Uri, window } from 'vscode';
import { promptIdOf } from '#app/prompt/prompt-input.ts';
import { describeWords } from '#core/registry/describe-words.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels, resolveReference } from '#core/registry/resolve.ts';
import { diffVersionDocument } from './diff-sides.ts';
import { formatDiffTitle } from './diff-text.ts';
import { readEditorInput } from './prompt-files.ts';
import type { RegistryView } from './registry-view.ts';
import type { RegistrySession } from './session.ts';
import { createVersionUri, readVersionUri, type VersionDocument } from './version-uri.ts';

/** Opens the diff between the version in production, else the latest, and the working copy. */
export async function diffWithProduction(view: RegistryView, file: Uri): Promise<void> {
  const session = await view.session(file);
  if (!session) return;
  const name = promptIdOf(await readEditorInput(file));
  const record = await findReleased(session, name);
  await openDiff(view, { name, version: record.version, file, against: 'file' });
}

/**
 * Opens the diff between a version and something else of the same prompt, for which the user is asked: the
 * working copy, or any version.
 */
export async function diffWith(
  view: RegistryView,
  session: RegistrySession,
  name: string,
  version: string | null,
): Promise<void> {
  const { versions, moves } = await session.history(name);
  const labels = findCurrentLabels(moves);
  const file = view.findFile(name);
  const items: (QuickPickItem & { readonly version: string | null })[] = versions.map((record) => ({
    label: record.version,
    description: labels
      .flatMap((state) => (state.version === record.version ? [state.label] : []))
      .join(', '),
    detail: record.change,
    version: record.version,
  }));
  const from =
    version ??
    (await window.showQuickPick(items, { title: `Select a version of ${name} to compare` }))
      ?.version;
  if (!from) return;
  const others = items.filter((one) => one.version !== from);
  const working = { label: 'Working copy', version: null };
  const chosen = await window.showQuickPick(file ? [working, ...others] : others, {
    title: `Compare ${name}@${from} with`,
    matchOnDescription: true,
  });
  if (!chosen) return;
  if (chosen.version !== null) await openVersions(view, name, from, chosen.version);
  else if (file) await openDiff(view, { name, version: from, file, against: 'file' });
}

/** Opens the diff between two versions, the lower one on the left. */
export async function openVersions(
  view: RegistryView,
  name: string,
  a: string,
  b: string,
): Promise<void> {
  const session = await view.session();
  const { versions } = (await session?.history(name)) ?? { versions: [] };
  const at = (version: string) => versions.findIndex((record) => record.version === version);
  const [version, other] = at(a) > at(b) ? [a, b] : [b, a];
  const against = { version: other };
  await openDiff(view, { name, version, file: view.project, against });
}

/** Lists all changes that the summary of a diff counts. */
export async function showDifferences(view: RegistryView, document: Uri): Promise<void> {
  const sides = readVersionUri(document);
  const found = sides && (await diffVersionDocument(view, sides));
  if (!found) return;
  const items = found.changes.map(({ text, bump, part, wording }) => ({
    label: text,
    description: `${bump}, ${part}`,
    ...(wording ? { detail: describeWords(wording) } : {}),
  }));
  const title = `Changes from ${found.from} to ${found.to}`;
  const placeHolder = items.length === 0 ? 'No relevant changes.' : 'Changes';
  await window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

async function openDiff(view: RegistryView, sides: VersionDocument): Promise<void> {
  const { name, file, against } = sides;
  const found = await diffVersionDocument(view, sides);
  if (!against || !found) return;
  const right =
    against === 'file'
      ? file
      : createVersionUri({ name, version: against.version, file, against: null });
  const title = `${found.from} ↔ ${found.to} (${formatDiffTitle(found)})`;
  await commands.executeCommand('vscode.diff', createVersionUri(sides), right, title);
}

async function findReleased({ registry }: RegistrySession, name: string) {
  const production = { kind: 'label', label: 'production' } as const;
  return await resolveReference(registry, { name, pointer: production }).catch((error: unknown) => {
    if (!(error instanceof RegistryError) || error.kind !== 'missing') throw error;
    return resolveReference(registry, { name, pointer: { kind: 'latest' } });
  });
}
