import type { Rule, RuleContext } from '../../lint/engine/rule.ts';
import type { Message, RowValue } from '../../prompt/document.ts';
import { splitTemplate } from '../../prompt/template.ts';
import { pointAtValue } from '../injection/row-values.ts';
import { findFewShotMessages } from './few-shot.ts';
import { computeShingles, splitWords } from './shingles.ts';

export const goldenCaseInPrompt: Rule = {
  id: 'golden-case-in-prompt',
  severity: 'info',
  mode: 'recommended',
  group: 'golden-set',
  tags: ['evals'],
  summary: 'A golden case is also an example in the prompt',
  docs: {
    why: 'A case whose input the prompt shows as an example tests whether the model can copy. Its result says nothing about other inputs and inflates the pass rate. Both equal and nearly equal texts are found.',
    bad: `messages:
  - role: user
    content: Where is my parcel? I ordered two weeks ago.
  - role: assistant
    content: delivery
  - role: user
    content: "{{mail}}"
testData:
  - mail: Where is my parcel? I ordered two weeks ago.
    expected: delivery`,
    good: `messages:
  - role: user
    content: Where is my parcel? I ordered two weeks ago.
  - role: assistant
    content: delivery
  - role: user
    content: "{{mail}}"
testData:
  - mail: The box came, but it was empty.
    expected: delivery`,
    unless:
      'The case only checks that the examples still work. It still counts in the pass rate, whatever its tags.',
  },
  *check(context) {
    const { prompt, uses, readings } = context;
    if (prompt.rows.length === 0) return;
    const isConstant = constants(context);
    const sent: Sent[] = prompt.rows.flatMap(({ values }) =>
      [...values.values()]
        .filter(({ name }) => uses.messages.has(name) && !isConstant.has(name))
        .map((value) => ({ value, words: readings.get(splitWords, value.text) })),
    );
    const shown = shownIn(context, sent);
    for (const { value, words } of sent) {
      const whole = shown.whole.get(words.join(' '));
      const message = whole ?? (isLong({ words }) ? nearly(value, shown, context) : null);
      if (!message) continue;
      yield {
        message: `Message ${message.index + 1} contains this ${whole ? '' : 'almost literally '}as an example, so the case only tests copying. Remove one of them.`,
        span: pointAtValue(value, 0, value.text.length, prompt.text),
        related: [{ message: 'the message', span: message.span }],
      };
    }
  },
};

/** A value that a message is made of, and its words. */
interface Sent {
  readonly value: RowValue;
  readonly words: readonly string[];
}

/** Fewer words stand in a prompt by chance: names of places, of categories. */
const LEAST_WORDS = 7;
/** An example that is a message of its own is one from this many words on. */
const LEAST_EXAMPLE = 2;
/** Share of a value's shingles that the prompt holds. */
const NEAR = 0.85;

interface Shown {
  /** The messages of examples by their words. */
  readonly whole: ReadonlyMap<string, Message>;
  /** The messages by those of their shingles that a value has too. */
  readonly shingles: ReadonlyMap<number, Message>;
}

function shownIn({ prompt, readings }: RuleContext, sent: readonly Sent[]): Shown {
  const whole = new Map<string, Message>();
  const shingles = new Map<number, Message>();
  for (const message of findFewShotMessages(prompt)) {
    const words = readings.get(splitWords, message.content?.text ?? '');
    if (message.role === 'user' && words.length >= LEAST_EXAMPLE)
      whole.set(words.join(' '), message);
  }
  const wanted = new Set<number>();
  for (const { value } of sent.filter(isLong))
    for (const shingle of readings.get(computeShingles, value.text)) wanted.add(shingle);
  if (wanted.size === 0) return { whole, shingles };
  for (const message of prompt.messages)
    for (const shingle of readings.get(fixedShingles, message.content?.text ?? ''))
      if (wanted.has(shingle)) shingles.set(shingle, message);
  return { whole, shingles };
}

/** The shingles of what stands between placeholders. */
function fixedShingles(text: string): readonly number[] {
  const fixed = splitTemplate(text).filter((_, i) => i % 2 === 0);
  return [...new Set(fixed.flatMap((part) => [...computeShingles(part)]))];
}

function isLong({ words }: Pick<Sent, 'words'>): boolean {
  return words.length >= LEAST_WORDS;
}

function nearly(
  { text }: RowValue,
  { shingles }: Shown,
  { readings }: RuleContext,
): Message | null {
  const own = readings.get(computeShingles, text);
  let found = 0;
  let message: Message | null = null;
  for (const shingle of own) {
    const holder = shingles.get(shingle);
    if (!holder) continue;
    found++;
    message = holder;
  }
  return own.size > 0 && found / own.size >= NEAR ? message : null;
}

/** Values that all rows have in common belong to the prompt, not to a case. */
function constants({ prompt: { rows } }: RuleContext): ReadonlySet<string> {
  const first = rows[0];
  if (!first || rows.length < 2) return new Set();
  const names = [...first.values.values()].filter(({ name, text }) =>
    rows.every(({ values }) => values.get(name)?.text === text),
  );
  return new Set(names.map(({ name }) => name));
}
