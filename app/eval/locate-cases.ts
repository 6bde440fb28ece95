import { assignCaseIds } from '#core/eval/ids.ts';
import { nameCase } from '#core/eval/plan/name-case.ts';
import type { Row } from '#core/prompt/document.ts';
import { LineMap, type Range } from '#core/text.ts';

/** A golden case and the location of its row. */
export interface GoldenCase {
  readonly id: string;
  /** What it is called for display: its own name, else its row and first text. */
  readonly name: string;
  /** The test file of the row, from the project root; null: the prompt file. */
  readonly file: string | null;
  readonly range: Range;
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly must: boolean;
}

/** The cases of rows, in their order. `textOf` returns the text that the spans of a file belong to. */
export function locateCases(
  rows: readonly Row[],
  textOf: (file: string | null) => string | undefined,
): GoldenCase[] {
  const files = new Map<string | null, { text: string; lines: LineMap }>();
  const fileOf = (file: string | null) => {
    const text = textOf(file) ?? '';
    const known = files.get(file) ?? { text, lines: new LineMap(text) };
    files.set(file, known);
    return known;
  };
  const ids = assignCaseIds(rows);
  return rows.map((row, i) => {
    const { span, meta, file = null } = row;
    const id = ids[i] ?? String(i);
    const { text, lines } = fileOf(file);
    // The span of a block ends where the next row begins.
    const end = span.start + text.slice(span.start, span.end).trimEnd().length;
    return {
      id,
      name: nameCase({ id, row }),
      file,
      range: { start: lines.position(span.start), end: lines.position(end) },
      tags: meta.tags,
      group: meta.group ?? null,
      must: meta.must,
    };
  });
}
