import { countCodePoints } from '../../text.ts';

/** Differences that no reader sees, each with what makes them equal and the characters it is about. */
const KINDS: readonly {
  readonly name: string;
  readonly characters: RegExp;
  fold(text: string): string;
}[] = [
  {
    name: 'the kind of space',
    characters: /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g,
    fold: (text) => text.replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' '),
  },
  {
    name: 'invisible characters',
    characters: /[\u00ad\u200b-\u200f\u2060\ufeff]/g,
    fold: (text) => text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ''),
  },
  {
    name: 'line breaks',
    characters: /\r/g,
    fold: (text) => text.replace(/\r\n?/g, '\n'),
  },
  {
    name: 'Unicode normalization',
    characters: /\p{M}/gu,
    fold: (text) => text.normalize('NFC'),
  },
  {
    name: 'white space at the beginning or end',
    characters: /^\s|[^\S\n](?=\n)|\s$/g,
    fold: (text) =>
      text
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .trim(),
  },
];

/** Longer texts are not examined, in UTF-16 units. */
const MAX_LENGTH = 200_000;

/**
 * Why a comparison fails that looks as if it should hold, as an addition to its reason: ` (only in Unicode
 * normalization: U+0301 at 5 of the answer)`. Empty if the texts differ in what can be seen. Positions
 * are characters from 1.
 */
export function describeUnseenDifference(
  answer: string,
  expected: string,
  holds: (answer: string, expected: string) => boolean,
): string {
  if (Math.max(answer.length, expected.length) > MAX_LENGTH) return '';
  const test = (left: typeof KINDS): boolean => holds(fold(answer, left), fold(expected, left));
  if (!test(KINDS)) return '';
  const needed = KINDS.filter((kind) => !test(KINDS.filter((other) => other !== kind)));
  const kinds = needed.length > 0 ? needed : KINDS.filter((kind) => test([kind])).slice(0, 1);
  const [first] = kinds;
  if (!first) return '';
  const names = kinds.map(({ name }) => name).join(' and ');
  return ` (it differs only in ${names}${locate(answer, expected, first.characters)})`;
}

function fold(text: string, kinds: typeof KINDS): string {
  return kinds.reduce((folded, kind) => kind.fold(folded), text);
}

/** The first such character from where the texts differ: in whole texts, that is what differs. */
function locate(answer: string, expected: string, characters: RegExp): string {
  let start = 0;
  while (start < answer.length && answer[start] === expected[start]) start++;
  for (const [from, texts] of [
    [start, [answer, expected]],
    [0, [expected, answer]],
  ] as const)
    for (const text of texts) {
      const pattern = new RegExp(characters);
      pattern.lastIndex = from;
      const found = pattern.exec(text);
      if (!found) continue;
      const code = text.codePointAt(found.index) ?? 0;
      const place = countCodePoints(text.slice(0, found.index)) + 1;
      const name = code.toString(16).toUpperCase().padStart(4, '0');
      return `: U+${name} at ${place} of the ${text === answer ? 'answer' : 'expected text'}`;
    }
  return '';
}
