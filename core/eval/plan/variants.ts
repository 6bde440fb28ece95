import type { Row, RowValue, VariantSet } from '../../prompt/document.ts';
import { assignCaseIds } from '../ids.ts';
import { scalarNode } from './data-node.ts';

/** A row, or a variant of it with swapped words. */
export interface VariantRow {
  readonly row: Row;
  /** The case that it is a variant of. */
  readonly variantOf?: string;
  /** For a variant of a row without a name: the set and the word, `region: EU`. */
  readonly variant?: string;
}

/**
 * Expands each row to the row and its variants: a list of words creates a row for each of its words that the
 * row does not contain, and the lists of one set are swapped together. A row and its variants form a group.
 * Rows without such words have no variants.
 */
export function expandVariants(sets: readonly VariantSet[], rows: readonly Row[]): VariantRow[] {
  if (sets.length === 0) return rows.map((row) => ({ row }));
  const swaps = sets.map(({ name, lists }) => ({ name, lists: lists.map(createSwap) }));
  const ids = assignCaseIds(rows);
  return rows.flatMap((row, i): VariantRow[] => {
    const id = ids[i] ?? '';
    const group = row.meta.group ?? id;
    const made = swaps.flatMap((set) => createVariants(row, set));
    if (made.length === 0) return [{ row }];
    const variants = made.map(({ set, word, values }): VariantRow => {
      const variant = `${set}: ${word}`;
      const name = `${id} (${variant})`;
      const tags = [...row.meta.tags, `variant:${set}`];
      return {
        row: { ...row, values, meta: { ...row.meta, name, tags, group } },
        variantOf: id,
        ...(isNamed(row) ? {} : { variant }),
      };
    });
    return [{ row: { ...row, meta: { ...row.meta, group } } }, ...variants];
  });
}

/** True if the row has a name of its own, which is then the id of its case. */
export function isNamed({ meta }: Pick<Row, 'meta'>): boolean {
  return (meta.name?.trim() ?? '') !== '';
}

interface Swap {
  readonly words: readonly string[];
  readonly pattern: RegExp;
}

interface Made {
  readonly set: string;
  readonly word: string;
  readonly values: ReadonlyMap<string, RowValue>;
}

function createVariants(
  row: Row,
  { name, lists }: { readonly name: string; readonly lists: readonly Swap[] },
): Made[] {
  const values = [...row.values.values()];
  const found = lists.filter(({ pattern }) =>
    values.some((value) => isText(value) && value.text.search(pattern) >= 0),
  );
  const most = Math.max(0, ...found.map(({ words }) => words.length));
  const made: Made[] = [];
  const seen = new Set([valuesKey(values)]);
  for (let i = 0; i < most; i++) {
    const swapped = values.map((value) => swapWords(value, found, i));
    const key = valuesKey(swapped);
    if (seen.has(key)) continue;
    seen.add(key);
    const word = found.find(({ words }) => words[i] !== undefined)?.words[i] ?? '';
    made.push({ set: name, word, values: new Map(swapped.map((value) => [value.name, value])) });
  }
  return made;
}

/** Variants that differ only in case are the same. */
function valuesKey(values: readonly RowValue[]): string {
  return values
    .map(({ text }) => text)
    .join('\0')
    .toLowerCase();
}

function swapWords(value: RowValue, swaps: readonly Swap[], at: number): RowValue {
  if (!isText(value)) return value;
  let { text } = value;
  for (const { words, pattern } of swaps) {
    const word = words[at];
    if (word !== undefined) text = text.replace(pattern, (was) => matchCase(was, word));
  }
  return text === value.text ? value : { ...value, text, node: scalarNode(text, value.node.span) };
}

/** Lists, maps, numbers and dates stay unchanged. */
function isText({ node }: RowValue): boolean {
  return node.type === 'scalar' && typeof node.value === 'string';
}

/** Capitalizes the new word like the old one. */
function matchCase(was: string, word: string): string {
  const [first = ''] = was;
  const isCapital = first !== first.toLowerCase();
  const [own = ''] = word;
  return isCapital ? own.toUpperCase() + word.slice(own.length) : word;
}

/** Scripts without spaces between words, in which a word can start anywhere. */
const NO_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;
const WORD = /[\p{L}\p{N}_]/u;

/** Creates a pattern for the words as whole words, the longest first, ignoring case. */
function createSwap(words: readonly string[]): Swap {
  const parts = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const edge = (char = ''): boolean => WORD.test(char) && !NO_SPACES.test(char);
      const chars = [...word];
      const before = edge(chars[0]) ? '(?<![\\p{L}\\p{N}_])' : '';
      const after = edge(chars.at(-1)) ? '(?![\\p{L}\\p{N}_])' : '';
      return before + word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') + after;
    });
  return { words, pattern: new RegExp(parts.join('|'), 'giu') };
}
