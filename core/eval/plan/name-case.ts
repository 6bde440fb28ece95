import type { Row } from '../../prompt/document.ts';
import type { Case } from './plan.ts';
import { isNamed } from './variants.ts';

/** Most graphemes of a value in the name of a case. */
const MAX_LENGTH = 40;

/** The parts of a case that its name is made of. */
export type NamedCase = Pick<Case, 'id' | 'row' | 'variant'>;

/**
 * The name of a case for display: its own name, else its row and first text, `row 3 · My number is 555-0100`,
 * on one line. Rows count from 1 in their own file. `hidden` removes secrets; it gets whole values, because
 * the start of a secret is one too.
 */
export function nameCase(
  { id, row, variant }: NamedCase,
  hidden: (text: string) => string = (text) => text,
): string {
  if (isNamed(row) && variant === undefined) return hidden(id);
  const place = variant === undefined ? `row ${row.number}` : `row ${row.number} (${variant})`;
  const text = shorten(hidden(findFirstText(row)).replace(/\s+/g, ' ').trim());
  return text === '' ? place : `${place} · ${text}`;
}

/** The names of cases for display, by id. */
export function nameCases(
  cases: readonly NamedCase[],
  hidden?: (text: string) => string,
): ReadonlyMap<string, string> {
  return new Map(cases.map((item) => [item.id, nameCase(item, hidden)]));
}

/** The first text of a row; what the answer should be, or another value, only if it has none. */
function findFirstText({ values }: Row): string {
  const filled = [...values.values()].filter(({ text }) => text.trim() !== '');
  const texts = filled.filter(
    ({ node }) => node.type === 'scalar' && typeof node.value === 'string',
  );
  const found = texts.find(({ name }) => name !== 'expected') ?? texts[0] ?? filled[0];
  return found?.text ?? '';
}

/** Cuts a text after whole graphemes: an emoji or an accented letter is not torn apart. */
function shorten(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (++count > MAX_LENGTH) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return text;
}
