import { env, Uri, window } from 'vscode';
import { RegistryError } from '#core/registry/registry.ts';
import { UserError } from '#core/user-error.ts';
import { findVisiblePrompt, showNoPromptMessage } from '../active-prompt.ts';
import { showError } from '../errors.ts';
import * as diffs from './open-diff.ts';
import { pickPublished } from './pick-version.ts';
import { promoteVersion } from './promote-version.ts';
import { publishVersion } from './publish-version.ts';
import type { RegistryNode } from './registry-nodes.ts';
import type { RegistryView } from './registry-view.ts';
import { releasePrompt } from './release-prompt.ts';
import { rollBackLabel } from './roll-back-label.ts';
import type { RegistrySession } from './session.ts';

type Action = (view: RegistryView, given: unknown) => Promise<void>;

export type RegistryAction = keyof typeof actions;

/** The commands of the registry: each takes a row of the view, the URI of a file, or what is open. */
export const actions = {
  publishVersion: (view, given) =>
    withFile(view, given, async (session, uri) => {
      const done = await publishVersion(session, uri);
      if (done) window.setStatusBarMessage(`Published ${done.name}@${done.record.version}`, 5000);
    }),
  releasePrompt: (view, given) =>
    withFile(view, given, (session, uri) => releasePrompt(view, session, uri)),
  diffWithProduction: (view, given) =>
    withFile(view, given, (_, uri) => diffs.diffWithProduction(view, uri)),
  diffWith: (view, given) => {
    const { name, from, to } = (given ?? {}) as Record<string, unknown>;
    if (typeof name === 'string' && typeof from === 'string' && typeof to === 'string')
      return diffs.openVersions(view, name, from, to);
    return withName(view, given, (session, named, version) =>
      diffs.diffWith(view, session, named, version),
    );
  },
  promoteVersion: (view, given) =>
    withName(view, given, (session, name, version) => promoteVersion(view, session, name, version)),
  rollBackLabel: (view, given) => withName(view, given, rollBackLabel),
  findPublished: async (view) => {
    const session = await view.session();
    const name = session && (await pickPublished(session));
    if (name) await view.reveal(name);
  },
  refreshRegistry: (view) => view.reload(true),
  showDifferences: async (view, given) => {
    if (typeof given === 'string') await diffs.showDifferences(view, Uri.parse(given));
  },
  copyReference: async (_, given) => {
    const row = given as RegistryNode | undefined;
    if (!row) return;
    const reference =
      row.kind === 'prompt'
        ? `${row.prompt.name}@production`
        : `${row.name}@${row.kind === 'version' ? row.record.version : 'production'}`;
    await env.clipboard.writeText(reference);
    window.setStatusBarMessage(`Copied ${reference}`, 3000);
  },
} satisfies Readonly<Record<string, Action>>;

/** Runs an action. Errors that the user can fix, and those of the registry, are shown; others are thrown. */
export async function runAction(
  view: RegistryView,
  action: Action,
  [given]: readonly unknown[],
): Promise<void> {
  try {
    await action(view, given);
  } catch (error) {
    if (!(error instanceof RegistryError || error instanceof UserError)) throw error;
    view.parts.log.info(error.message);
    void showError(error);
  } finally {
    await view.refreshAfterCommand();
  }
}

/** Runs `action` for a prompt file: the one given, else the one that is open. */
async function withFile(
  view: RegistryView,
  given: unknown,
  action: (session: RegistrySession, uri: Uri) => Promise<void>,
): Promise<void> {
  const uri = resolveFile(view, given) ?? findVisiblePrompt()?.uri;
  if (uri?.scheme !== 'file') {
    await showNoPromptMessage();
    return;
  }
  const session = await view.session(uri);
  if (session) await action(session, uri);
}

function resolveFile(view: RegistryView, given: unknown): Uri | null {
  if (typeof given === 'string') return Uri.parse(given);
  if (given instanceof Uri) return given;
  const row = given as RegistryNode | undefined;
  return row?.kind === 'prompt'
    ? view.findFile(row.prompt.name)
    : row?.kind
      ? view.findFile(row.name)
      : null;
}

/** Runs `action` for a prompt of the registry: that of a row, else one that is chosen. */
async function withName(
  view: RegistryView,
  given: unknown,
  action: (session: RegistrySession, name: string, version: string | null) => Promise<void>,
): Promise<void> {
  const session = await view.session();
  if (!session) return;
  const row = given as RegistryNode | undefined;
  const known = row?.kind === 'prompt' ? row.prompt.name : row?.name;
  const name = known ?? (await pickPublished(session));
  if (name === undefined) return;
  await action(session, name, row?.kind === 'version' ? row.record.version : null);
}
