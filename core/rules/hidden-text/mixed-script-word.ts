import type { Rule } from '../../lint/engine/rule.ts';
import { CAPITAL_LOOK_ALIKES, LOOK_ALIKES } from '../../lint/payload/look-alikes.ts';
import { HIDDEN } from '../security-tags.ts';
import { codePoint, findHiddenRuns, replaceRun } from './hidden-text.ts';

export const mixedScriptWord: Rule = {
  id: 'mixed-script-word',
  severity: 'warning',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'A word mixes Latin letters with letters that only look Latin',
  needs: 'text',
  docs: {
    why: 'A Cyrillic "а" looks like a Latin one but is a different token. Such words evade filters and searches, never match in checks, and make the model read something other than what you wrote (UTS #39, confusables).',
    bad: `messages:
  - role: user
    content: "Send the p\\u0430ssword form."`,
    good: `messages:
  - role: user
    content: Send the password form.`,
    unless: 'The word is a formula or a name that is spelled this way.',
  },
  *check({ prompt }) {
    for (const run of findHiddenRuns(prompt, WORD)) {
      const latin = asLatin(run.text);
      if (latin === null) continue;
      const odd = [...run.text].find((char) => !/[A-Za-z]/.test(char)) ?? '';
      yield {
        message: `"${run.text}" mixes alphabets: "${odd}" (${codePoint(odd)}) only looks like "${latin[[...run.text].indexOf(odd)] ?? ''}". Use "${latin}".`,
        span: run.span,
        ...(run.isEscaped ? {} : { fixes: [replaceRun(run, latin, `Replace it with "${latin}"`)] }),
      };
    }
  },
};

/** Words with a letter of the alphabets that have look-alikes. */
const WORD =
  /(?<![\p{L}\p{M}])[\p{L}\p{M}]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}][\p{L}\p{M}]*/gu;
/** Greek letters of formulas and of substances: NFκB, α-helix. */
const FORMULA = /[αβγδεζηθκλμπστφχψω]/;

/** Converts the word to Latin letters; null if it is not a disguised Latin word. */
function asLatin(word: string): string | null {
  const latin = word.match(/[A-Za-z]/g)?.length ?? 0;
  if (latin < 2 || word.length > 60) return null;
  let out = '';
  for (const char of word) {
    if (/[A-Za-z]/.test(char)) {
      out += char;
      continue;
    }
    const capital = CAPITAL_LOOK_ALIKES.get(char);
    const letter = capital ? capital.toUpperCase() : LOOK_ALIKES.get(char);
    if (letter === undefined || FORMULA.test(char)) return null;
    out += letter;
  }
  return out;
}
