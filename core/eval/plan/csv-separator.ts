import { parse } from 'csv-parse/sync';

/** What may stand between the cells of a CSV file. */
export type CsvSeparator = ',' | ';' | '\t';

const SEPARATORS: readonly CsvSeparator[] = [',', ';', '\t'];

/** How a message calls a separator. */
export const SEPARATOR_NAMES: Readonly<Record<CsvSeparator, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};

/** Rows that are compared when the first line allows several separators. */
const COMPARED_ROWS = 20;

/**
 * The separator of a CSV text, and where its first line starts: Excel writes semicolons in many countries,
 * tabs as "Unicode Text", and may begin with a line such as `sep=;`. The comma unless the first line
 * contains another separator, and only that one splits the rows as it splits the first line.
 */
export function findSeparator(
  text: string,
  start: number,
): { readonly separator: CsvSeparator; readonly start: number } {
  const named = /^sep=([,;\t])(?:\r\n|\n|\r)/.exec(text.slice(start, start + 8));
  if (named) return { separator: named[1] as CsvSeparator, start: start + named[0].length };
  const head = text.slice(start, start + 100_000).replace(/"(?:[^"]|"")*(?:"|$)/g, '""');
  const line = /^[\r\n]*([^\r\n]*)/.exec(head)?.[1] ?? '';
  const present = SEPARATORS.filter((one) => line.includes(one));
  const [only = ',', ...others] = present;
  if (others.length === 0) return { separator: only, start };
  const even = present.filter((one) => isEven(text.slice(start), one));
  return { separator: (even.includes(',') ? ',' : even[0]) ?? ',', start };
}

/** True if the first rows have as many cells as the first line. */
function isEven(text: string, delimiter: CsvSeparator): boolean {
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      to: COMPARED_ROWS + 1,
    }) as unknown as string[][];
    return rows.every((row) => row.length === rows[0]?.length);
  } catch {
    return false;
  }
}
