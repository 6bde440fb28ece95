/** Answers of one model whose tokens are known, and the sum of their output tokens. */
export interface OutputCount {
  readonly answers: number;
  readonly tokens: number;
}

/** The output of a run by model, from its jobs. */
export function countOutputs(
  jobs: Iterable<{ readonly model: string; readonly output?: number }>,
): Record<string, OutputCount> {
  const counts = new Map<string, OutputCount>();
  for (const { model, output } of jobs) {
    if (output === undefined) continue;
    const { answers, tokens } = counts.get(model) ?? { answers: 0, tokens: 0 };
    counts.set(model, { answers: answers + 1, tokens: tokens + output });
  }
  return Object.fromEntries(counts);
}
