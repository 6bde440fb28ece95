import { judged, quote, type Verdict } from './check.ts';

/** True when every (`all`) or at least one of the texts stands in the answer; names what is missing. */
export function findTexts(
  answer: string,
  texts: readonly string[],
  mode: 'any' | 'all',
  ignoreCase: boolean,
): Verdict {
  const haystack = ignoreCase ? answer.toLowerCase() : answer;
  const missing = texts.filter(
    (text) => !haystack.includes(ignoreCase ? text.toLowerCase() : text),
  );
  const expected = texts.join('\n');
  if (mode === 'all') {
    if (missing.length === 0) return judged(true, `the answer contains ${list(texts)}`);
    return judged(false, `the answer lacks ${list(missing)}`, expected);
  }
  const found = texts.find((text) => !missing.includes(text));
  if (found !== undefined) return judged(true, `the answer contains ${quote(found)}`);
  return judged(false, `the answer contains none of ${list(texts)}`, expected);
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map((text) => quote(text));
  return texts.length > 5 ? `${shown.join(', ')} and ${texts.length - 5} more` : shown.join(', ');
}
