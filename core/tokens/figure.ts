/** A number that varies from case to case, or that is not known before a run. */
export interface Figure {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * The figure of some numbers, and of one more that stands for `times` of them; all 0 for none. Of an
 * even count the median is the lower middle.
 */
export function computeFigure(values: readonly number[], more = 0, times = 0): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  let below = 0;
  while (below < sorted.length && (sorted[below] as number) < more) below++;
  const at = (index: number): number => {
    if (index >= below && index < below + times) return more;
    return sorted[index < below ? index : index - times] ?? 0;
  };
  const count = sorted.length + times;
  return count === 0
    ? { min: 0, median: 0, max: 0 }
    : { min: at(0), median: at((count - 1) >> 1), max: at(count - 1) };
}
