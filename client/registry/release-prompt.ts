import { type Uri, window } from 'vscode';
import { promptIdOf } from '#app/prompt/prompt-input.ts';
import { bundlePrompt } from '#app/registry/publish.ts';
import { findDrift } from '#core/registry/drift.ts';
import { latestVersion } from '#core/registry/semver.ts';
import { promoteVersion } from './promote-version.ts';
import { readEditorInput } from './prompt-files.ts';
import { publishVersion } from './publish-version.ts';
import type { RegistryView } from './registry-view.ts';
import type { RegistrySession } from './session.ts';

/**
 * Releases a file: publishes it unless its content already is the latest version, then promotes the version
 * to a label.
 */
export async function releasePrompt(
  view: RegistryView,
  session: RegistrySession,
  uri: Uri,
): Promise<void> {
  const input = await readEditorInput(uri);
  const name = promptIdOf(input);
  const version =
    (await findSameVersion(session, name, input)) ?? (await publishFile(session, uri));
  if (version === null) return;
  await view.refreshAfterCommand();
  await promoteVersion(view, session, name, version);
}

async function publishFile(session: RegistrySession, uri: Uri): Promise<string | null> {
  const done = await publishVersion(session, uri);
  if (!done) return null;
  const { version } = done.record;
  window.setStatusBarMessage(`Published ${done.name}@${version}`, 5000);
  return version;
}

/** The latest version, when it has just this content. */
async function findSameVersion(
  { registry }: RegistrySession,
  name: string,
  input: Awaited<ReturnType<typeof readEditorInput>>,
): Promise<string | null> {
  const versions = await registry.versions(name);
  const latest = latestVersion(versions.map(({ version }) => version));
  const record = versions.find(({ version }) => version === latest);
  if (!record) return null;
  return findDrift(record.hashes, (await bundlePrompt(input)).hashes).length === 0 ? latest : null;
}
