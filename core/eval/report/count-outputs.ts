import { parseJobId } from '../ids.ts';
import type { Usage } from '../model.ts';

/** Answers of one model whose tokens are known, and the sum of their output tokens. */
export interface OutputCount {
  readonly answers: number;
  readonly tokens: number;
}

/** The output of a run by model, from its jobs. */
export function countOutputs(
  jobs: Iterable<readonly [string, { readonly usage?: Usage | null }]>,
): Record<string, OutputCount> {
  const counts = new Map<string, OutputCount>();
  for (const [id, { usage }] of jobs) {
    const model = parseJobId(id)?.model;
    if (!usage || model === undefined) continue;
    const { answers, tokens } = counts.get(model) ?? { answers: 0, tokens: 0 };
    counts.set(model, { answers: answers + 1, tokens: tokens + usage.output });
  }
  return Object.fromEntries(counts);
}
