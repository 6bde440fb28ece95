import { type Uri, window } from 'vscode';
import { type Publication, preparePublication, publish } from '#app/registry/publish.ts';
import { attachFitRuns } from '#app/registry/version-runs.ts';
import type { VersionRecord } from '#core/registry/registry.ts';
import { readEditorInput } from './prompt-files.ts';
import type { RegistrySession } from './session.ts';
import { listVersionChoices } from './version-choices.ts';

/** Publishes the prompt of a file: asks for the version and the change. Null if the user cancels. */
export async function publishVersion(
  session: RegistrySession,
  uri: Uri,
): Promise<{ readonly name: string; readonly record: VersionRecord } | null> {
  const { registry, project } = session;
  const first = await preparePublication(registry, await readEditorInput(uri), {});
  const version = first.parent ? await pickVersion(first, first.parent.version) : first.version;
  if (version === undefined) return null;
  const { name, parent, suggestion } = first;
  const change = await window.showInputBox({
    title: `Publish ${name}@${version}`,
    prompt: `Describe the change in one line. The version is published to ${registry.address}`,
    value: parent ? (suggestion.reasons[0] ?? '') : 'First version',
    ignoreFocusOut: true,
  });
  if (change === undefined) return null;
  // The file and the registry may have changed meanwhile.
  const prepared = await preparePublication(registry, await readEditorInput(uri), {
    version,
    ...(parent ? { parent: parent.version } : {}),
  });
  const author = await session.author();
  const record = await publish(registry, prepared, { author, change, now: Date.now() });
  await attachFitRuns(registry, name, record, project);
  session.reportChange(name);
  return { name, record };
}

async function pickVersion(publication: Publication, parent: string): Promise<string | undefined> {
  const title = `Select the version after ${parent}`;
  const choices = listVersionChoices(publication, parent);
  return (await window.showQuickPick(choices, { title, ignoreFocusOut: true }))?.label;
}
