import { loadFileSide, loadPublishedSide } from '#app/prompt/diff-sides.ts';
import { type DiffSide, diffPrompts, type PromptDiff } from '#app/prompt/prompt-diff.ts';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { parsePointer } from '#core/registry/reference.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { readEditorInput } from './prompt-files.ts';
import type { RegistrySession } from './session.ts';
import type { RegistrySessions } from './sessions.ts';
import type { VersionDocument } from './version-uri.ts';

/** What versions are found and measured with. */
export interface DiffContext {
  readonly sessions: RegistrySessions;
  readonly knowledge: PromptKnowledge;
}

/** What leads from a version to the other side of the diff that it is opened for; null for none. */
export async function diffVersionDocument(
  { sessions, knowledge }: DiffContext,
  { name, version, file, against }: VersionDocument,
): Promise<PromptDiff | null> {
  const session = against && (await sessions.open(file, false));
  if (!session) return null;
  const from = await loadVersionSide(session, name, version);
  const to =
    against === 'file'
      ? await loadFileSide(await readEditorInput(file))
      : await loadVersionSide(session, name, against.version);
  return await diffPrompts(from, to, session.project.settings, knowledge);
}

/** The side that a version or a label names. Rejects with RegistryError. */
export async function loadVersionSide(
  { registry, project }: RegistrySession,
  name: string,
  which: string,
): Promise<DiffSide> {
  const pointer = parsePointer(which);
  if ('error' in pointer) throw new RegistryError('invalid', pointer.error);
  return await loadPublishedSide(registry, { name, pointer }, project);
}
