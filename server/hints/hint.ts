import type { SafeText } from '#core/printing/safe-text.ts';
import type { Analysis } from '../analysis.ts';

/** An inlay hint at an offset. */
export interface Hint {
  readonly at: number;
  readonly label: string;
  readonly tooltip: SafeText<'hover'>;
}

/** The end of the line at an offset, after the value and its comment. */
export function findLineEnd({ lines }: Analysis, offset: number): number {
  const { line } = lines.position(offset);
  return lines.lineStart(line) + lines.line(line).length;
}
