import { isUnnamed, parseModelId } from '../../models/model-id.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { child, type Node, readString, type ScalarNode } from '../../prompt/node.ts';

/** A model id in a prompt file. */
export interface ModelPlace {
  readonly id: string;
  readonly node: ScalarNode;
  readonly role: 'model' | 'candidate' | 'judge';
}

/** Nobody compares more models than this. */
const MAX_CANDIDATES = 200;

/** Lists every model id: the prompt's, the candidates' and the judges'. */
export function* listModelPlaces(prompt: PromptDocument): Generator<ModelPlace> {
  yield* listPlace(prompt.modelNode, 'model');
  const candidates = child(prompt.root, 'candidates');
  for (const item of candidates?.type === 'list' ? candidates.items.slice(0, MAX_CANDIDATES) : [])
    yield* listPlace(item, 'candidate');
  for (const { evaluator, map } of listEvaluators(prompt)) {
    if (evaluator.body.type === 'llm')
      yield* listPlace(child(child(map, 'llm'), 'modelId'), 'judge');
    if (evaluator.body.type !== 'uses' || !evaluator.body.with) continue;
    yield* listPlace(child(evaluator.body.with, 'model'), 'judge');
  }
}

function* listPlace(
  node: Node | null | undefined,
  role: ModelPlace['role'],
): Generator<ModelPlace> {
  const id = readString(node)?.trim();
  if (!id || node?.type !== 'scalar' || id.includes('{{') || isUnnamed(parseModelId(id))) return;
  yield { id, node, role };
}
