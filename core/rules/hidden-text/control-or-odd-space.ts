import type { Rule } from '../../lint/engine/rule.ts';
import { child } from '../../prompt/node.ts';
import { covers } from '../../text.ts';
import { HIDDEN } from '../security-tags.ts';
import { codePoint, findHiddenRuns, type HiddenRun, replaceRun } from './hidden-text.ts';

export const controlOrOddSpace: Rule = {
  id: 'control-or-odd-space',
  severity: 'info',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'A control character or an unusual space',
  needs: 'text',
  docs: {
    why: 'No-break and other wide or narrow spaces look like a space but are different tokens, so a check that compares texts fails for no visible reason. Control characters come from terminals and never belong in a prompt. Spaces that a language requires (French punctuation, numbers, Chinese and Japanese) are not reported.',
    bad: `messages:
  - role: user
    content: "Answer\\u00A0briefly."`,
    good: `messages:
  - role: user
    content: Answer briefly.`,
    unless: 'The text must keep words together, or is about such characters.',
  },
  *check({ prompt }) {
    const rows = child(prompt.root, 'testData');
    for (const run of findHiddenRuns(prompt, ODD)) {
      if (isUsual(run)) continue;
      const isSpace = /\p{Z}/u.test(run.text);
      // Data is kept as it is: its unusual spaces may be the point of a case.
      if (isSpace && rows && covers(rows.span, run.span)) continue;
      const name = NAMES[codePoint(run.text)] ?? (isSpace ? 'an odd space' : 'a control character');
      yield {
        message: `${codePoint(run.text)} (${name}) ${isSpace ? 'looks like a space but is another token. Use an ordinary space' : 'does not belong in a prompt. Remove it'}.`,
        span: run.span,
        fixes: [
          replaceRun(run, isSpace ? ' ' : '', isSpace ? 'Use an ordinary space' : 'Remove it'),
        ],
      };
    }
  },
};

const ODD = /[^\P{Cc}\t\n\r]|[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;

const NAMES: Readonly<Record<string, string>> = {
  'U+0000': 'NUL',
  'U+001B': 'escape',
  'U+00A0': 'no-break space',
  'U+202F': 'narrow no-break space',
  'U+2028': 'line separator',
  'U+2029': 'paragraph separator',
  'U+3000': 'ideographic space',
};

/** True where a language or a number uses such a space. */
function isUsual({ text, before, after }: HiddenRun): boolean {
  if (text === '\u3000')
    return (
      EAST_ASIAN.test(before) ||
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(after)
    );
  if (!/[\u00a0\u2009\u202f]/.test(text)) return false;
  return /^[:;!?»%€$£°]/.test(after) || /[«\d§№]$/.test(before);
}

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。、：！？]$/u;
