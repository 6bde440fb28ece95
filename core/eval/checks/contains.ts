import { type Check, type CheckParameter, type CheckVerdict, judged, quote } from './check.ts';
import { describeUnseenDifference } from './unseen-difference.ts';

const TEXT: CheckParameter = {
  name: 'value',
  type: 'text',
  required: true,
  fallsBackToExpected: true,
  notEmpty: true,
  description: 'The text to search for.',
};

const TEXTS: CheckParameter = {
  ...TEXT,
  name: 'values',
  alias: 'value',
  type: 'texts',
  description: 'The texts to search for: a list, or a single text.',
};

const AFFIX: CheckParameter = { ...TEXT, description: 'The text to compare with.' };

export const contains: Check = {
  kind: 'contains',
  namespace: 'promptsmith',
  summary: 'The answer contains the text (case-sensitive).',
  parameters: [TEXT],
  example: `uses: promptsmith/contains
with: refund policy`,
  run: ({ text, args }) => judgeTexts(text, [args.text('value')], 'all', false),
};

export const icontains: Check = {
  kind: 'icontains',
  namespace: 'promptsmith',
  ignoresCase: true,
  summary: 'The answer contains the text, ignoring case.',
  parameters: [TEXT],
  example: `uses: promptsmith/icontains
with: refund policy`,
  run: ({ text, args }) => judgeTexts(text, [args.text('value')], 'all', true),
};

export const containsAny: Check = {
  kind: 'contains-any',
  namespace: 'promptsmith',
  summary: 'The answer contains at least one of the texts (case-sensitive).',
  parameters: [TEXTS],
  example: `uses: promptsmith/contains-any
with: [refund, credit note]`,
  run: ({ text, args }) => judgeTexts(text, args.texts('values'), 'any', false),
};

export const containsAll: Check = {
  kind: 'contains-all',
  namespace: 'promptsmith',
  summary: 'The answer contains all of the texts (case-sensitive).',
  parameters: [TEXTS],
  example: `uses: promptsmith/contains-all
with: [refund, 14 days]`,
  run: ({ text, args }) => judgeTexts(text, args.texts('values'), 'all', false),
};

export const icontainsAny: Check = {
  kind: 'icontains-any',
  namespace: 'promptsmith',
  ignoresCase: true,
  summary: 'The answer contains at least one of the texts, ignoring case.',
  parameters: [TEXTS],
  example: `uses: promptsmith/icontains-any
with: [refund, credit note]`,
  run: ({ text, args }) => judgeTexts(text, args.texts('values'), 'any', true),
};

export const icontainsAll: Check = {
  kind: 'icontains-all',
  namespace: 'promptsmith',
  ignoresCase: true,
  summary: 'The answer contains all of the texts, ignoring case.',
  parameters: [TEXTS],
  example: `uses: promptsmith/icontains-all
with: [refund, 14 days]`,
  run: ({ text, args }) => judgeTexts(text, args.texts('values'), 'all', true),
};

export const startsWith: Check = {
  kind: 'starts-with',
  namespace: 'promptsmith',
  summary: 'The answer starts with the text (case-sensitive). Nothing is trimmed.',
  parameters: [AFFIX],
  example: `uses: promptsmith/starts-with
with: "Dear customer"`,
  run: ({ text, args }) => {
    const value = args.text('value');
    return text.startsWith(value)
      ? judged(true, `the answer starts with ${quote(value)}`)
      : judged(
          false,
          `the answer does not start with ${quote(value)}${describeUnseenDifference(text, value, (a, b) => a.startsWith(b))}`,
          value,
        );
  },
};

export const endsWith: Check = {
  kind: 'ends-with',
  namespace: 'promptsmith',
  summary: 'The answer ends with the text (case-sensitive). Nothing is trimmed.',
  parameters: [AFFIX],
  example: `uses: promptsmith/ends-with
with: "Kind regards"`,
  run: ({ text, args }) => {
    const value = args.text('value');
    return text.endsWith(value)
      ? judged(true, `the answer ends with ${quote(value)}`)
      : judged(
          false,
          `the answer does not end with ${quote(value)}${describeUnseenDifference(text, value, (a, b) => a.endsWith(b))}`,
          value,
        );
  },
};

/** Passes if the answer contains all of the texts, or at least one; the detail lists the missing ones. */
export function judgeTexts(
  answer: string,
  texts: readonly string[],
  mode: 'any' | 'all',
  ignoreCase: boolean,
): CheckVerdict {
  const haystack = ignoreCase ? answer.toLowerCase() : answer;
  const missing = texts.filter(
    (text) => !haystack.includes(ignoreCase ? text.toLowerCase() : text),
  );
  const expected = texts.join('\n');
  const includes = (a: string, b: string): boolean =>
    b !== '' && (ignoreCase ? a.toLowerCase().includes(b.toLowerCase()) : a.includes(b));
  /** About the first of the shown texts that is there but for what nobody sees. */
  const unseen = (): string => {
    for (const text of missing.slice(0, 5)) {
      const difference = describeUnseenDifference(answer, text, includes);
      if (difference !== '') return difference;
    }
    return '';
  };
  if (mode === 'all') {
    if (missing.length === 0) return judged(true, `the answer contains ${formatTexts(texts)}`);
    return judged(
      false,
      `the answer does not contain ${formatTexts(missing)}${unseen()}`,
      expected,
    );
  }
  const found = texts.find((text) => !missing.includes(text));
  if (found !== undefined) return judged(true, `the answer contains ${quote(found)}`);
  return judged(false, `the answer contains none of ${formatTexts(texts)}${unseen()}`, expected);
}

function formatTexts(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map((text) => quote(text));
  return texts.length > 5 ? `${shown.join(', ')} and ${texts.length - 5} more` : shown.join(', ');
}
