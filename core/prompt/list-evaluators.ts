import type { Evaluator, PromptDocument } from './document.ts';
import type { MapNode } from './node.ts';

interface MapEvaluator {
  readonly evaluator: Evaluator;
  readonly map: MapNode;
}

/** Lists every evaluator that is a map, with that map: those of the file, then those of rows. */
export function listEvaluators({ evaluators, rows }: PromptDocument): readonly MapEvaluator[] {
  const all: MapEvaluator[] = [];
  const add = (list: readonly Evaluator[]): void => {
    for (const evaluator of list)
      if (evaluator.node.type === 'map') all.push({ evaluator, map: evaluator.node });
  };
  add(evaluators);
  for (const { meta } of rows) add(meta.evaluators);
  return all;
}
