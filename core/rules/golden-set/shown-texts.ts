import type { RuleContext } from '../../lint/engine/rule.ts';
import type { Message, RowValue } from '../../prompt/document.ts';
import { splitTemplate } from '../../prompt/template.ts';
import { findFewShotMessages } from './few-shot.ts';
import { computeShingles, splitWords } from './shingles.ts';

/** A value that a message contains, and its words. */
export interface SentValue {
  readonly value: RowValue;
  readonly words: readonly string[];
}

/** Shorter texts occur in a prompt by chance: names of places, of categories. */
const MIN_WORDS = 7;
/** A message of its own is an example from this many words on. */
const MIN_EXAMPLE_WORDS = 2;
/** Share of a value's shingles that the prompt contains. */
const NEAR = 0.85;

/** What the prompt's own text shows. */
export interface ShownTexts {
  /** The messages of examples, by their words. */
  readonly whole: ReadonlyMap<string, Message>;
  /** The messages, by those of their shingles that a value has too. */
  readonly shingles: ReadonlyMap<number, Message>;
}

/** Collects the examples, and what the messages have in common with the values. */
export function collectShownTexts(
  { prompt, readings }: RuleContext,
  sent: readonly SentValue[],
): ShownTexts {
  const whole = new Map<string, Message>();
  const shingles = new Map<number, Message>();
  for (const message of findFewShotMessages(prompt)) {
    const words = readings.get(splitWords, message.content?.text ?? '');
    if (message.role === 'user' && words.length >= MIN_EXAMPLE_WORDS)
      whole.set(words.join(' '), message);
  }
  const wanted = new Set<number>();
  for (const { value } of sent.filter(isLong))
    for (const shingle of readings.get(computeShingles, value.text)) wanted.add(shingle);
  if (wanted.size === 0) return { whole, shingles };
  for (const message of prompt.messages)
    for (const shingle of readings.get(computeFixedShingles, message.content?.text ?? ''))
      if (wanted.has(shingle)) shingles.set(shingle, message);
  return { whole, shingles };
}

/** Finds the message that shows a value, word for word or nearly so. Null without one. */
export function findShownMessage(
  { value, words }: SentValue,
  shown: ShownTexts,
  context: RuleContext,
): { readonly message: Message; readonly isWhole: boolean } | null {
  const whole = shown.whole.get(words.join(' '));
  if (whole) return { message: whole, isWhole: true };
  const similar = isLong({ words }) ? findSimilarMessage(value, shown, context) : null;
  return similar && { message: similar, isWhole: false };
}

/** The shingles of the text between placeholders. */
function computeFixedShingles(text: string): readonly number[] {
  const fixed = splitTemplate(text).filter((_, i) => i % 2 === 0);
  return [...new Set(fixed.flatMap((part) => [...computeShingles(part)]))];
}

function isLong({ words }: Pick<SentValue, 'words'>): boolean {
  return words.length >= MIN_WORDS;
}

function findSimilarMessage(
  { text }: RowValue,
  { shingles }: ShownTexts,
  { readings }: RuleContext,
): Message | null {
  const own = readings.get(computeShingles, text);
  let found = 0;
  let message: Message | null = null;
  for (const shingle of own) {
    const source = shingles.get(shingle);
    if (!source) continue;
    found++;
    message = source;
  }
  return own.size > 0 && found / own.size >= NEAR ? message : null;
}
