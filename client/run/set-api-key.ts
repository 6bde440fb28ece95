import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import { findProviderApi } from '#app/models/build-connection.ts';
import { Projects } from '#app/prompt/project.ts';
import { parseOrigin } from '#core/models/presets.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { isLoopback } from '#io/models/providers.ts';
import { findVisiblePrompt } from '../active-prompt.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { askForKey, type KeyPlace } from './ask-for-key.ts';
import { openAccess } from './open-access.ts';

interface PlaceItem extends QuickPickItem {
  readonly place?: KeyPlace;
}

/** Asks for which provider, then for its key. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const stored = await keys.readAll();
  const other: PlaceItem = { label: 'Another Address…' };
  const items: PlaceItem[] = (await listPlaces(keys)).map((address) => {
    const { name, origin, baseUrl } = address;
    return {
      label: name,
      description: origin,
      ...(stored.has(origin) ? { detail: 'key is set' } : {}),
      place: { origin, baseUrl, api: findProviderApi(address, '') },
    };
  });
  const chosen = await window.showQuickPick([...items, other], {
    title: 'Set the API key for',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  const place = chosen === other ? await askForPlace() : chosen?.place;
  if (place) await askForKey(keys, place);
}

/** Forgets a key. */
export async function removeApiKey(keys: ApiKeys): Promise<void> {
  const origins = [...(await keys.readAll()).keys()];
  if (origins.length === 0) {
    await window.showInformationMessage('No API key is stored.');
    return;
  }
  const origin = await window.showQuickPick(origins, {
    title: 'Remove the API key for',
    ignoreFocusOut: true,
  });
  if (origin === undefined) return;
  await keys.remove(origin);
  window.setStatusBarMessage(`Removed the API key for ${origin}`, 3000);
}

/** Providers of the project of the open prompt come first, local ones last. */
async function listPlaces(keys: ApiKeys) {
  const file = findVisiblePrompt()?.uri ?? workspace.workspaceFolders?.[0]?.uri;
  const cwd = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '/';
  const path = file?.scheme === 'file' ? Uri.joinPath(file, 'any').fsPath : undefined;
  const project = path
    ? await new Projects(cwd).find(path)
    : { root: cwd, settings: DEFAULT_SETTINGS };
  const addresses = (await openAccess(keys, project)).addresses();
  const seen = new Set<string>();
  const unique = addresses.filter(({ origin }) => !seen.has(origin) && seen.add(origin));
  return unique.toSorted((a, b) => Number(isLoopback(a.origin)) - Number(isLoopback(b.origin)));
}

async function askForPlace(): Promise<KeyPlace | undefined> {
  const baseUrl = await window.showInputBox({
    title: 'Provider address',
    placeHolder: 'https://gateway.example/v1',
    ignoreFocusOut: true,
    validateInput: (text) =>
      parseOrigin(text) === null
        ? 'Enter an http or https URL without credentials or query.'
        : null,
  });
  const origin = baseUrl === undefined ? null : parseOrigin(baseUrl);
  return origin === null ? undefined : { origin, baseUrl: (baseUrl ?? '').replace(/\/+$/, '') };
}
