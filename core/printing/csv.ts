import { type SafeText, trustText } from './safe-text.ts';

/** A row of CSV (RFC 4180) with its line break. A text that a spreadsheet would run is a text. */
export function formatCsvRow(cells: readonly (string | number | null)[]): SafeText<'csv'> {
  return trustText(`${cells.map(csvCell).join(',')}\r\n`);
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet runs what begins like a formula (OWASP, "CSV Injection").
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
