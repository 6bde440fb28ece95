import { areEqualDecimals, type Decimal, parseDecimal } from '../../decimal.ts';

/** The numbers of a text. They differ where a comma between digits can be a decimal comma or part of a list. */
export interface ReadNumbers {
  /** Each number once, at most `MAX_NUMBERS`; an ambiguous comma separates two numbers. */
  readonly asList: readonly Decimal[];
  /** The same with a decimal comma. */
  readonly asDecimal: readonly Decimal[];
  /** What is ambiguous, as it is written: `12,5`. */
  readonly ambiguous: string | null;
}

/** Nobody needs more numbers to see that there are several. */
const MAX_NUMBERS = 4;

/** Different pieces of one run that are read: only dates and versions among them are no numbers. */
const MAX_PIECES = 1000;

/** Spaces between groups of digits: plain, no-break, thin and narrow no-break. */
const SPACE = ' \\u00a0\\u2009\\u202f';

/** Digits with what may group them; not part of a word, and not the rest of a version such as `v1.2`. */
const RUN = new RegExp(
  `(?<![\\p{L}\\p{N}]_{0,3}|\\d[.])[-+−]?(?:\\d+(?:[.,'’_${SPACE}]\\d+)*|(?<![.…)\\]])[.]\\d+)(?:[eE][-+]?\\d+)?`,
  'gu',
);

/** `1 234 567,5`, `1_000`, `1'234.50`: one grouping character, groups of three, then a point or a comma. */
const GROUPED = new RegExp(`^\\d{1,3}(?:([${SPACE}'’_])\\d{3})(?:\\1\\d{3})*(?:[.,]\\d+)?$`, 'u');

/** Finds the numbers of a text. */
export function readNumbers(text: string): ReadNumbers {
  const asList: Decimal[] = [];
  const asDecimal: Decimal[] = [];
  let ambiguous: string | null = null;
  for (const [run] of text.matchAll(RUN)) {
    const [list, decimal] = readRun(run);
    addNew(asList, list);
    if (decimal) ambiguous ??= run;
    addNew(asDecimal, decimal ?? list);
    if (asList.length >= MAX_NUMBERS && asDecimal.length >= MAX_NUMBERS) break;
  }
  return { asList, asDecimal, ambiguous };
}

/** Reads a text that is one number; or one clause that says why it is not. */
export function readNumber(text: string): { readonly value: Decimal } | { readonly error: string } {
  const trimmed = text.trim();
  const [run, ...more] = trimmed.matchAll(RUN);
  const [list, decimal] = run?.[0] === trimmed && more.length === 0 ? readRun(trimmed) : [[]];
  if (decimal)
    return { error: `is ambiguous: "${trimmed}" can be one number or two; write a decimal point` };
  const [value, ...others] = list;
  return value && others.length === 0 ? { value } : { error: 'must be a number' };
}

/** The numbers of one run: as a list and, where that is possible too, with a decimal comma. */
function readRun(written: string): [list: Decimal[], decimal?: Decimal[]] {
  const [, sign = '', run = '', power = ''] =
    /^([-+−]?)(.*?)([eE][-+]?\d+)?$/su.exec(written) ?? [];
  const read = (plain: string, index = 0, isLast = true): Decimal[] => {
    const prefix = index === 0 && sign !== '' && sign !== '+' ? '-' : '';
    const value = parseDecimal(`${prefix}${plain}${isLast ? power : ''}`);
    return value ? [value] : [];
  };
  if (GROUPED.test(run)) return [read(run.replace(/[^\d.,]/gu, '').replace(',', '.'))];
  const pieces = run.split(/[^\d.,]/u);
  if (pieces.length > 1) {
    const last = pieces.length - 1;
    // A long answer can repeat the same number; several different ones are enough.
    const texts = new Set(
      pieces.map((piece, i) => `${i === 0 ? sign : ''}${piece}${i === last ? power : ''}`),
    );
    const numbers = [...texts].slice(0, MAX_PIECES).map(readRun);
    const list = numbers.flatMap(([one]) => one);
    if (!numbers.some(([, decimal]) => decimal)) return [list];
    return [list, numbers.flatMap(([one, decimal]) => decimal ?? one)];
  }
  const plain = readPoints(run);
  if (plain !== null) return [read(plain)];
  const parts = run.split(',');
  const list = parts.flatMap((part, i) => {
    const number = readPoints(part);
    return number === null ? [] : read(number, i, i === parts.length - 1);
  });
  // A version, a date or an address, in whatever list.
  if (list.length < parts.length) return [[]];
  const isDecimal = /^\d+,\d+$/.test(run);
  return isDecimal ? [list, read(run.replace(',', '.'))] : [list];
}

/** A run of digits, points and commas with a decimal point and without groups; null if it has several readings or none. */
function readPoints(run: string): string | null {
  if (/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(run)) return run;
  // Groups of three, or as in India of two and a last one of three.
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$|^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/.test(run))
    return run.replaceAll(',', '');
  // 1.234.567 and 1.234,50
  if (/^[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/.test(run))
    return run.replaceAll('.', '').replace(',', '.');
  // No list begins with the number 0 as often as a fraction does.
  return /^0,\d+$/.test(run) ? run.replace(',', '.') : null;
}

function addNew(known: Decimal[], found: readonly Decimal[]): void {
  for (const number of found)
    if (known.length < MAX_NUMBERS && !known.some((one) => areEqualDecimals(one, number)))
      known.push(number);
}
