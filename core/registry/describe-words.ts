import { excerpt, type Wording } from './change.ts';
import { diffWords } from './diff-words.ts';
import { layOutWords, type WordRun } from './lay-out-words.ts';

/** The longest description, in UTF-16 units. */
const MAX_LENGTH = 200;

/** What changed in a text as one line: `the name of [-a-]{+the+} queue`. */
export function describeWords({ before, after }: Wording): string {
  const changed = layOutWords(diffWords(before, after)).filter((line) =>
    line.some(({ kind }) => kind === 'added' || kind === 'removed'),
  );
  return excerpt(changed.map((line) => line.map(markRun).join('')).join(' '), MAX_LENGTH);
}

/** A run of words with the markers of `git diff --word-diff`. */
export function markRun({ kind, text }: WordRun): string {
  switch (kind) {
    case 'removed':
      return `[-${text}-]`;
    case 'added':
      return `{+${text}+}`;
    case 'same':
    case 'omitted':
      return text;
    default:
      return kind satisfies never;
  }
}
