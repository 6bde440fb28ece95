import { reportPrompt } from '#app/prompt/forecast-prompt.ts';
import { openInput, type PromptFile } from '#app/prompt/open-input.ts';
import { type PromptInput, withModel } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { formatDollars } from '#core/models/figures.ts';
import type { Prices } from '#core/models/prices.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { pickModels } from '../run/pick-models.ts';

/** Lets the user choose the models that an eval compares, the prompt's own first. Undefined when nothing was chosen. */
export async function pickEvalModels(
  prompt: PromptFile,
  keys: ApiKeys,
): Promise<readonly string[] | undefined> {
  const input = await openInput(prompt);
  const { settings, project } = input;
  const own = listOwnModels(input.prompt);
  const knowledge = new PromptKnowledge(today());
  const catalogue = await knowledge.catalogue(settings.models);
  const expected = new Map<string, string>();
  for (const id of own) expected.set(id, await describeRun(withModel(input, id), knowledge));
  const chosen = await pickModels({
    title: 'Models to compare on the golden cases',
    own,
    selected: own,
    keys,
    project: { root: project.root, settings },
    known: async () => catalogue.ids(),
    describe: (id) => expected.get(id) ?? describePrice(catalogue.find(id)?.prices ?? null),
  });
  return chosen && sortModels(chosen, own);
}

/** The prompt's model, then its candidates. */
export function listOwnModels({
  model,
  candidates,
}: Pick<PromptInput['prompt'], 'model' | 'candidates'>): string[] {
  const ids = [model, ...candidates.map(({ id }) => id)];
  return [...new Set(ids.filter((id) => id !== null))];
}

/** The models in the order of a run: the prompt's own as they are in the file, then the others as chosen. */
export function sortModels(chosen: readonly string[], own: readonly string[]): string[] {
  return [...own.filter((id) => chosen.includes(id)), ...chosen.filter((id) => !own.includes(id))];
}

/** `$0.5 in, $1.5 out per million tokens`; '' without a price. */
export function describePrice(prices: Pick<Prices, 'input' | 'output'> | null): string {
  if (!prices) return '';
  const { input, output } = prices;
  const parts = [
    ...(input === null ? [] : [`${formatDollars(input)} in`]),
    ...(output === null ? [] : [`${formatDollars(output)} out`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')} per million tokens`;
}

async function describeRun(input: PromptInput, knowledge: PromptKnowledge): Promise<string> {
  const facts = await knowledge.gather(input);
  const { cost } = await reportPrompt(input, facts);
  const price = describePrice(facts.model?.prices ?? null);
  if (cost?.goldenSet == null) return price;
  return `≈ ${formatDollars(cost.goldenSet)} for all cases${price === '' ? '' : ` · ${price}`}`;
}
