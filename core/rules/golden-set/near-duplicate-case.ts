import type { Rule } from '../../lint/engine/rule.ts';
import type { TextReadings } from '../../lint/engine/text-readings.ts';
import type { VariableUses } from '../../lint/variable-uses.ts';
import type { Row } from '../../prompt/document.ts';
import { headSpan } from '../../prompt/locate.ts';
import { child } from '../../prompt/node.ts';
import { computeBandKeys, computeShingles, estimateResemblance, splitWords } from './shingles.ts';

export const nearDuplicateCase: Rule = {
  id: 'near-duplicate-case',
  severity: 'info',
  mode: 'recommended',
  group: 'golden-set',
  tags: ['evals'],
  summary: 'Two golden cases are nearly the same',
  docs: {
    why: 'Cases that differ in a word pass and fail together. They count as two but carry the information of one, so that confidence intervals look narrower than they are. Remove one, or give both the same `$case.group`: a group counts as one.',
    bad: `messages:
  - role: user
    content: "{{question}}"
testData:
  - question: How do I change the address of an order that I have placed?
  - question: "How do I change the address of an order that I have placed?!"`,
    good: `messages:
  - role: user
    content: "{{question}}"
testData:
  - question: How do I change the address of an order that I have placed?
  - question: Can a parcel go to a neighbour?`,
    unless:
      'The small difference is intended: give the cases different `expected` values, or the same `$case.group`.',
  },
  *check({ prompt, uses, readings }) {
    const list = child(prompt.root, 'testData');
    if (list?.type !== 'list' || prompt.rows.length < 2) return;
    const buckets = new Map<string, Seen>();
    for (const row of prompt.rows) {
      const seen = read(row, uses, readings);
      const item = list.items[row.index];
      if (!seen || item?.type !== 'map') continue;
      const twin = findTwin(seen, buckets);
      // Only the first stays in each bucket, so each case is compared with at most eight others.
      for (const key of seen.reading.keys) if (!buckets.has(key)) buckets.set(key, seen);
      const first = twin && list.items[twin.row.index];
      if (!twin || !first) continue;
      yield {
        message: `This case is nearly the same as ${describeCase(twin.row)}. Remove one of them, or give both the same \`$case.group\`.`,
        span: headSpan(item),
        related: [{ message: `${describeCase(twin.row)}`, span: headSpan(first) }],
      };
    }
  },
};

interface Reading {
  readonly words: string;
  readonly shingles: ReadonlySet<number>;
  readonly keys: readonly string[];
}

interface Seen {
  readonly reading: Reading;
  readonly row: Row;
  readonly text: string;
}

/** Cases with fewer words are not compared: a small difference matters in them. */
const MIN_WORDS = 6;
/** Minimum share of shingles that two cases have in common. */
const NEAR = 0.85;
/** Longer cases are compared only by their beginning. */
const MAX_LENGTH = 20_000;

function read(row: Row, uses: VariableUses, readings: TextReadings): Seen | null {
  const sent = [...row.values.values()].filter(({ name }) => uses.messages.has(name));
  const text = sent
    .map((value) => value.text)
    .join('\n')
    .slice(0, MAX_LENGTH);
  const reading = readings.get(readShingles, text);
  return reading && { reading, row, text };
}

function readShingles(text: string): Reading | null {
  const words = splitWords(text);
  if (words.length < MIN_WORDS) return null;
  const shingles = computeShingles(text);
  return { words: words.join(' '), shingles, keys: computeBandKeys(shingles) };
}

function findTwin(seen: Seen, buckets: ReadonlyMap<string, Seen>): Seen | undefined {
  const { words, shingles, keys } = seen.reading;
  const others = new Set(keys.flatMap((key) => buckets.get(key) ?? []));
  for (const other of others) {
    // Equal texts are reported by another rule, or the cases differ in what is expected.
    if (other.text === seen.text || isMeant(other.row, seen.row)) continue;
    const its = other.reading;
    if (its.words === words || estimateResemblance(its.shingles, shingles) >= NEAR) return other;
  }
  return undefined;
}

/** True if a small difference is intended: the cases share a group, or expect different answers. */
function isMeant(a: Row, b: Row): boolean {
  if (a.meta.group !== undefined && a.meta.group === b.meta.group) return true;
  const names = new Set([...a.values.keys(), ...b.values.keys()]);
  return [...names].some(
    (name) =>
      /^expected/.test(name) &&
      (a.values.get(name)?.text ?? '') !== (b.values.get(name)?.text ?? ''),
  );
}

function describeCase({ meta, index }: Row): string {
  return meta.name ? `\`${meta.name}\`` : `case ${index + 1}`;
}
