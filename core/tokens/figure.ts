/** A number that varies from case to case. */
export interface Figure {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The figure of some numbers; all 0 for none. Of an even count the median is the lower middle. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[(sorted.length - 1) >> 1] ?? 0;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
}
