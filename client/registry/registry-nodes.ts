import type { Uri } from 'vscode';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { bundlePrompt } from '#app/registry/publish.ts';
import { countPasses } from '#core/registry/count-passes.ts';
import { describeDrift, findDrift } from '#core/registry/drift.ts';
import type { RegisteredPrompt, VersionRecord } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { readReleasedVersion } from '#io/registries/snapshot.ts';
import type { RegistrySession } from './session.ts';

/** A row of the view: a prompt, its file in this workspace, or one of its versions. */
export type RegistryNode =
  | { readonly kind: 'prompt'; readonly prompt: RegisteredPrompt }
  | {
      readonly kind: 'working';
      readonly name: string;
      readonly uri: Uri;
      /** `production 1.4.0`: what it is compared with. */
      readonly against: string;
      /** What differs, as text; null: no relevant differences. */
      readonly differs: string | null;
    }
  | {
      readonly kind: 'version';
      readonly name: string;
      readonly record: VersionRecord;
      readonly labels: readonly string[];
      readonly eval: Passes | null;
    };

/** Cases of the newest attached run. */
export interface Passes {
  readonly passed: number;
  readonly checked: number;
}

/** Evals are read for versions with labels and for this many of the newest. */
const MAX_NEWEST_EVALS = 5;

/** The file of a prompt in this workspace; `read` rejects when it cannot be read. */
export interface WorkingCopy {
  readonly uri: Uri;
  read(): Promise<PromptInput>;
}

type Session = Pick<RegistrySession, 'history' | 'registry'>;

/** The rows of a prompt: its working copy, if there is one, then its versions, the highest first. */
export async function listPromptNodes(
  session: Session,
  name: string,
  workingCopy: WorkingCopy | null,
): Promise<RegistryNode[]> {
  const { versions, moves } = await session.history(name);
  const labels = findCurrentLabels(moves);
  const rows = versions.map(async (record, i): Promise<RegistryNode> => {
    const own = labels.flatMap(({ label, version }) => (version === record.version ? [label] : []));
    const isRead = i < MAX_NEWEST_EVALS || own.length > 0;
    const passes = isRead ? await readPasses(session, name, record.version) : null;
    return { kind: 'version', name, record, labels: own, eval: passes };
  });
  const working = workingCopy && (await findWorkingCopyNode(session, name, workingCopy));
  return [...(working ? [working] : []), ...(await Promise.all(rows))];
}

async function findWorkingCopyNode(
  session: Session,
  name: string,
  { uri, read }: WorkingCopy,
): Promise<RegistryNode | null> {
  const released = await readReleasedVersion(session.registry, name);
  if (!released) return null;
  const { label, record } = released;
  // A file that is broken or cannot be read does not hide the published versions.
  const made = await read()
    .then(bundlePrompt)
    .catch(() => null);
  if (!made) return null;
  const parts = findDrift(record.hashes, made.hashes);
  return {
    kind: 'working',
    name,
    uri,
    against: `${label ?? 'latest'} ${record.version}`,
    differs: parts.length === 0 ? null : describeDrift(parts),
  };
}

async function readPasses(
  { registry }: Session,
  name: string,
  version: string,
): Promise<Passes | null> {
  return countPasses(await registry.evals(name, version));
}
