import type { Catalogue } from '../../models/catalogue.ts';
import { parseModelId } from '../../models/model-id.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { insertEntry, removeEntry, removeItem, replaceScalar } from '../../prompt/edit.ts';
import { child, findEntry } from '../../prompt/node.ts';
import type { Edit } from '../../text.ts';
import type { ModelPlace } from './list-model-places.ts';

/** What a model is replaced with, and what else changes so that the file still runs and says the same. */
export interface SuccessorFix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/**
 * Puts a model's successor in its place. One that thinks by default is told not to where the old one did not: else
 * its thoughts use up a limit that was meant for the answer, and it refuses the temperature. A candidate whose successor
 * is in the file already is removed. Null if there is no such edit. `others`: the ids that the other places have then.
 */
export function replaceModel(
  place: ModelPlace,
  successor: string,
  prompt: PromptDocument,
  models: Catalogue,
  others: readonly string[],
): SuccessorFix | null {
  const { node, role } = place;
  const { text, root } = prompt;
  if (node.alias) return null;
  if (role === 'candidate' && others.some((id) => isSame(id, successor))) {
    const list = child(root, 'candidates');
    if (list?.type !== 'list') return null;
    const holder = findEntry(root, 'candidates');
    const edit =
      list.items.length === 1 && holder && root?.type === 'map'
        ? removeEntry(root, holder, text)
        : removeItem(list, node, text);
    return edit && { title: `Remove it: \`${successor}\` is compared already`, edits: [edit] };
  }
  const edits = [replaceScalar(node, text, successor)];
  const effort = role === 'model' ? keepFromThinking(place, successor, prompt, models) : null;
  if (!effort) return { title: `Change it to \`${successor}\``, edits };
  return {
    title: `Change it to \`${successor}\`, with \`reasoningEffort: none\``,
    edits: [...edits, effort],
  };
}

/** The same model, also where one id has a provider's prefix and the other none. */
function isSame(one: string, other: string): boolean {
  return parseModelId(one).name === parseModelId(other).name;
}

function keepFromThinking(
  { id }: ModelPlace,
  successor: string,
  { root, text, parameters, modelNode }: PromptDocument,
  models: Catalogue,
): Edit | null {
  const limits = models.find(successor)?.reasoning;
  if (models.find(id)?.reasoning || parameters.reasoningEffort !== undefined) return null;
  if (limits?.defaultEffort !== 'some' || !limits.efforts?.includes('none')) return null;
  if (root?.type !== 'map' || root.flow) return null;
  const map = child(root, 'modelParameters');
  if (map?.type === 'map')
    return map.alias || map.entries.length === 0
      ? null
      : insertEntry(map, 'reasoningEffort', 'none', text);
  if (findEntry(root, 'modelParameters')) return null;
  const after = root.entries.find(({ value }) => value === modelNode);
  return insertEntry(root, 'modelParameters', '\n  reasoningEffort: none', text, after);
}
