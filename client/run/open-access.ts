import { window, workspace } from 'vscode';
import { type AccessSources, ModelAccess } from '#app/models/access.ts';
import type { ModelTarget } from '#core/eval/ports.ts';
import { readSettings, type Settings } from '#core/settings.ts';
import { UserError } from '#core/user-error.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { askForKey } from './ask-for-key.ts';
import { findUnready, type Unready } from './find-unready.ts';
import { readNetwork } from './read-network.ts';
import { createVscodeModel } from './vscode-model.ts';

type Project = Pick<AccessSources, 'root' | 'settings'>;

/**
 * The models that a project has access to, with the user's keys and consents and VS Code's own models.
 * Throws UserError in a workspace that is not trusted: nothing is sent from there.
 */
export async function openAccess(keys: ApiKeys, project: Project): Promise<ModelAccess> {
  if (!workspace.isTrusted) {
    throw new UserError('Trust this workspace to send prompts.');
  }
  return ModelAccess.open({
    ...project,
    env: process.env,
    user: readUserProviders(),
    stored: await keys.readAll(),
    consents: keys.consents,
    hosted: { vscode: createVscodeModel() },
    network: await readNetwork(),
  });
}

/**
 * Opens access to these models. The user is asked for missing keys, and for consent before a key is sent to
 * an address that the project specifies. Null if the user declines; throws UserError if no provider serves a
 * model.
 */
export async function openReadyAccess(
  keys: ApiKeys,
  project: Project,
  ids: readonly string[],
): Promise<ModelAccess | null> {
  for (;;) {
    const access = await openAccess(keys, project);
    const open = findUnready(access, ids);
    if (!open) return access;
    if (!(await askForAccess(keys, open))) return null;
  }
}

/** Asks for what is missing. True if it was provided. */
async function askForAccess(keys: ApiKeys, open: Unready): Promise<boolean> {
  switch (open.kind) {
    case 'key': {
      const set = 'Set API Key…';
      const message = `No API key is set for ${open.origin}.`;
      if ((await window.showErrorMessage(message, set)) !== set) return false;
      return askForKey(keys, open);
    }
    case 'consent': {
      const { key, origin, root } = open.consent;
      const allow = 'Allow';
      const detail = `The project settings send the key to this address, which is not the provider's default. Whoever operates ${origin} can read the key and the prompts. Your choice is remembered for ${root}.`;
      const question = `Send ${key} to ${origin}?`;
      if ((await window.showWarningMessage(question, { modal: true, detail }, allow)) !== allow)
        return false;
      await keys.allow(open.consent);
      return true;
    }
    default:
      return open satisfies never;
  }
}

/**
 * Resolves where calls of a project's models would go, without any key. An id that no provider serves gets an
 * empty provider.
 */
export async function openTargets(project: Project): Promise<(id: string) => ModelTarget> {
  const access = await ModelAccess.open({
    ...project,
    env: process.env,
    user: readUserProviders(),
    consents: [],
    hosted: { vscode: createVscodeModel() },
  });
  return (id) => {
    const target = access.target(id);
    return 'error' in target ? { id, provider: '', origin: '', model: id } : target;
  };
}

/** Reads user settings only: a workspace cannot specify where keys are sent. */
function readUserProviders(): Settings['providers'] {
  const set = workspace.getConfiguration('promptsmith').inspect('providers');
  return readSettings({ providers: set?.globalValue ?? {} }).settings.providers;
}
