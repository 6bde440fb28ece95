import { type QuickPickItem, window } from 'vscode';
import type { AccessSources } from '#app/models/access.ts';
import { findProviderApi } from '#app/models/build-connection.ts';
import { listModels } from '#app/models/list-models.ts';
import { isLoopback } from '#io/models/providers.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { openAccess } from './open-access.ts';
import { listVscodeModelIds } from './vscode-model.ts';

/** How long to wait for a local server, in ms. */
const LOCAL_TIMEOUT_MS = 500;

/** What is offered to the user. */
export interface ModelOffer {
  readonly title: string;
  /** The models of the prompt, in this order, before all others. */
  readonly own: readonly string[];
  readonly selected: readonly string[];
  readonly keys: ApiKeys;
  readonly project: Pick<AccessSources, 'root' | 'settings'>;
  /** The ids of the price list. */
  readonly known: () => Promise<readonly string[]>;
  /** What a model costs; '' if that is unknown. */
  readonly describe?: (id: string) => string;
}

/** Lets the user choose models. Undefined when nothing was chosen. */
export async function pickModels(offered: ModelOffer): Promise<readonly string[] | undefined> {
  const { title, own, selected, keys, project, known, describe = () => '' } = offered;
  const pick = window.createQuickPick();
  pick.title = title;
  pick.placeholder = 'Search or enter a model ID';
  pick.canSelectMany = true;
  // The page that was clicked may take back the focus.
  pick.ignoreFocusOut = true;
  pick.busy = true;
  const models = new Map<string, QuickPickItem>();
  const offer = (ids: readonly string[], where: string) => {
    const fresh = ids.filter((id) => !models.has(id));
    for (const label of fresh) {
      const parts = [where, describe(label)].filter((part) => part !== '');
      models.set(label, { label, description: parts.join(' · ') });
    }
  };
  const show = () => {
    const chosen = new Set(pick.selectedItems.map(({ label }) => label));
    // Chosen ids stay when the filter changes.
    offer([...chosen], '');
    const typed = pick.value.trim();
    const entered = typed !== '' && !models.has(typed) ? [{ label: typed, alwaysShow: true }] : [];
    pick.items = [...entered, ...models.values()];
    pick.selectedItems = pick.items.filter(({ label }) => chosen.has(label));
  };
  offer([...new Set(own)], 'this prompt');
  show();
  pick.selectedItems = pick.items.filter(({ label }) => selected.includes(label));
  const result = new Promise<readonly string[] | undefined>((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.map(({ label }) => label));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
  });
  pick.show();
  const access = await openAccess(keys, project);
  const nearby = access.addresses().filter(({ origin }) => isLoopback(origin));
  await Promise.all([
    listVscodeModelIds().then((ids) => offer(ids, 'VS Code')),
    ...nearby.map(async (address) => {
      const { name, baseUrl } = address;
      const found = await listModels(
        { baseUrl, key: null, api: findProviderApi(address, '') },
        AbortSignal.timeout(LOCAL_TIMEOUT_MS),
      );
      if ('ids' in found)
        offer(
          found.ids.map((id) => `${name}/${id}`),
          'local server',
        );
    }),
  ]);
  offer(await known(), '');
  pick.busy = false;
  show();
  return result;
}
