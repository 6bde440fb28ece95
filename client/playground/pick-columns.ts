import { type QuickPickItem, window } from 'vscode';
import { listModels } from '#app/models/list-models.ts';
import { UserError } from '#core/user-error.ts';
import { isLoopback } from '#io/models/providers.ts';
import { openAccess } from '../run/open-access.ts';
import { listVscodeModelIds } from '../run/vscode-model.ts';
import type { PlaygroundContext } from './playground-context.ts';
import { MAX_COLUMNS, type PromptState } from './prompt-state.ts';

/** How long to wait for a local server, in ms. */
const LOCAL_TIMEOUT_MS = 500;

/** Lets the user choose the models that answer side by side. Undefined when nothing was chosen. */
async function chooseModels(
  { knowledge, services }: Pick<PlaygroundContext, 'knowledge' | 'services'>,
  state: PromptState,
): Promise<readonly string[] | undefined> {
  const { prompt, project, settings } = state.input;
  const own = [prompt.model, ...prompt.candidates.map(({ id }) => id), ...state.modelIds];
  const named = own.filter((id): id is string => id !== null);
  const pick = window.createQuickPick();
  pick.title = `Select up to ${MAX_COLUMNS} models`;
  pick.placeholder = 'Search or enter a model ID';
  pick.canSelectMany = true;
  // The page that was clicked may take back the focus.
  pick.ignoreFocusOut = true;
  pick.busy = true;
  const models = new Map<string, QuickPickItem>();
  const offer = (ids: readonly string[], where: string) => {
    const fresh = ids.filter((id) => !models.has(id));
    for (const label of fresh) models.set(label, { label, description: where });
  };
  const show = () => {
    const chosen = new Set(pick.selectedItems.map(({ label }) => label));
    // Chosen ids stay when the filter changes.
    offer([...chosen], '');
    const typed = pick.value.trim();
    const own = typed !== '' && !models.has(typed) ? [{ label: typed, alwaysShow: true }] : [];
    pick.items = [...own, ...models.values()];
    pick.selectedItems = pick.items.filter(({ label }) => chosen.has(label));
  };
  offer([...new Set(named)], 'this prompt');
  show();
  pick.selectedItems = pick.items.filter(({ label }) => state.modelIds.includes(label));
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
  const access = await openAccess(services.keys, { root: project.root, settings });
  const nearby = access.addresses().filter(({ origin }) => isLoopback(origin));
  await Promise.all([
    listVscodeModelIds().then((ids) => offer(ids, 'VS Code')),
    ...nearby.map(async ({ name, baseUrl }) => {
      const found = await listModels({ baseUrl, key: null }, AbortSignal.timeout(LOCAL_TIMEOUT_MS));
      if ('ids' in found)
        offer(
          found.ids.map((id) => `${name}/${id}`),
          'local server',
        );
    }),
  ]);
  offer((await knowledge.catalogue(settings.models)).ids(), '');
  pick.busy = false;
  show();
  return result;
}

/** Lets the user choose the models of the state; false if nothing was chosen. */
export async function pickModels(
  playground: PlaygroundContext,
  state: PromptState,
): Promise<boolean> {
  const models = await chooseModels(playground, state);
  if (!models || models.length === 0) return false;
  if (models.length > MAX_COLUMNS) throw new UserError(`Select at most ${MAX_COLUMNS} models.`);
  state.models = models;
  state.revision = null;
  return true;
}

/** Lets the user choose a golden case; false when nothing was chosen. */
export async function pickCase(state: PromptState): Promise<boolean> {
  const id = await window.showQuickPick(state.cases, {
    title: 'Select a golden case',
    ignoreFocusOut: true,
  });
  if (id !== undefined) state.choose(id);
  return id !== undefined;
}
