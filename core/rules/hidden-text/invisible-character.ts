import type { Rule } from '../../lint/engine/rule.ts';
import { HIDDEN } from '../security-tags.ts';
import { codePoint, findHiddenRuns, type HiddenRun, replaceRun } from './hidden-text.ts';

export const invisibleCharacter: Rule = {
  id: 'invisible-character',
  severity: 'warning',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'An invisible character changes what the model reads',
  needs: 'text',
  docs: {
    why: 'Zero-width spaces, joiners and soft hyphens come with text copied from web pages and PDFs. They split words into other tokens, break comparisons in checks, and can mark or hide text. Joiners that emoji, Indic and Arabic scripts need are not reported.',
    bad: `messages:
  - role: user
    content: "Sum\\u200Bmarise this."`,
    good: `messages:
  - role: user
    content: Summarize this.`,
    unless: 'The text is about such characters.',
  },
  *check({ prompt }) {
    for (const run of findHiddenRuns(prompt, INVISIBLE)) {
      if (isNeeded(run, prompt.text)) continue;
      const count = [...run.text].length;
      const name = NAMES[codePoint(run.text)] ?? 'invisible character';
      yield {
        message: `${count === 1 ? `An invisible character (${codePoint(run.text)}, ${name}) changes` : `${count} invisible characters (the first is ${codePoint(run.text)}, ${name}) change`} what the model reads. Remove ${count === 1 ? 'it' : 'them'}.`,
        span: run.span,
        fixes: [replaceRun(run, '', count === 1 ? 'Remove it' : 'Remove them')],
      };
    }
  },
};

const INVISIBLE =
  /(?:[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u200d)+|(?<=[A-Za-z ])[\ufe00-\ufe0f]/g;

const NAMES: Readonly<Record<string, string>> = {
  'U+00AD': 'soft hyphen',
  'U+200B': 'zero width space',
  'U+200C': 'zero width non-joiner',
  'U+200D': 'zero width joiner',
  'U+200E': 'left-to-right mark',
  'U+200F': 'right-to-left mark',
  'U+2060': 'word joiner',
  'U+FEFF': 'byte order mark',
  'U+3164': 'Hangul filler',
};

/** Scripts that use such characters to join or separate letters. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Hebrew}\p{Script=Hangul}]/u;
const EMOJI = /(?:\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])$/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

function isNeeded({ text, before, after, span, isEscaped }: HiddenRun, file: string): boolean {
  // A byte order mark at the beginning belongs to the file, not to a text.
  if (text === '\ufeff' && span.start === 0 && !isEscaped) return true;
  if ([...text].length > 2) return false;
  if (
    text === '\u200d' &&
    EMOJI.test(before) &&
    /^[\p{Extended_Pictographic}\u2640\u2642]/u.test(after)
  )
    return true;
  if (/^[\u200e\u200f\u061c]+$/.test(text)) return RIGHT_TO_LEFT.test(readAround(file, span.start));
  return JOINING.test(before.slice(-2)) || JOINING.test(after.slice(0, 2));
}

function readAround(file: string, at: number): string {
  return file.slice(Math.max(0, at - 200), at + 200);
}
