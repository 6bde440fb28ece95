import { joinSafe, type SafeText, trustText } from './safe-text.ts';

/** A column of a table: its heading, and whether its cells are aligned to the right, as numbers are. */
export interface TableColumn<S extends 'markdown' | 'hover'> {
  readonly heading: SafeText<S>;
  readonly isNumber?: boolean;
}

/** A table of Markdown, a line for each row. */
export function renderMarkdownTable<S extends 'markdown' | 'hover'>(
  columns: readonly TableColumn<S>[],
  rows: readonly (readonly SafeText<S>[])[],
): SafeText<S> {
  const lines = [
    columns.map(({ heading }) => heading),
    columns.map(({ isNumber }) => trustText<S>(isNumber ? '--:' : ':--')),
    ...rows,
  ];
  return joinSafe(
    lines.map((cells) => trustText<S>(`| ${joinSafe(cells, ' | ')} |`)),
    '\n',
  );
}
