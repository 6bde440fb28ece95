import { window } from 'vscode';
import { UserError } from '#core/user-error.ts';
import { pickModels } from '../run/pick-models.ts';
import type { PlaygroundContext } from './playground-context.ts';
import { MAX_COLUMNS, type PromptState } from './prompt-state.ts';

/** Lets the user choose the models of the state; false if nothing was chosen. */
export async function pickColumns(
  { knowledge, services }: Pick<PlaygroundContext, 'knowledge' | 'services'>,
  state: PromptState,
): Promise<boolean> {
  const { prompt, project, settings } = state.input;
  const own = [prompt.model, ...prompt.candidates.map(({ id }) => id), ...state.modelIds];
  const models = await pickModels({
    title: `Select up to ${MAX_COLUMNS} models`,
    own: own.filter((id) => id !== null),
    selected: state.modelIds,
    keys: services.keys,
    project: { root: project.root, settings },
    known: async () => (await knowledge.catalogue(settings.models)).ids(),
  });
  if (!models || models.length === 0) return false;
  if (models.length > MAX_COLUMNS) throw new UserError(`Select at most ${MAX_COLUMNS} models.`);
  state.models = models;
  state.revision = null;
  return true;
}

/** Lets the user choose a golden case; false when nothing was chosen. */
export async function pickCase(state: PromptState): Promise<boolean> {
  const names = state.caseNames;
  const items = state.cases.map((id, i) => ({ label: names[i] ?? id, id }));
  const chosen = await window.showQuickPick(items, {
    title: 'Select a golden case',
    ignoreFocusOut: true,
  });
  if (chosen) state.choose(chosen.id);
  return chosen !== undefined;
}
