import type { Evaluator, PromptDocument } from './document.ts';
import type { MapNode } from './node.ts';

/** Every evaluator that is a map, with that map: the file's, then the rows' own. */
export function* allEvaluators(
  prompt: PromptDocument,
): Generator<{ readonly evaluator: Evaluator; readonly map: MapNode }> {
  for (const evaluator of prompt.evaluators)
    if (evaluator.node.type === 'map') yield { evaluator, map: evaluator.node };
  for (const { meta } of prompt.rows)
    for (const evaluator of meta.evaluators)
      if (evaluator.node.type === 'map') yield { evaluator, map: evaluator.node };
}
