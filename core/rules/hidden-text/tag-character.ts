import type { Rule } from '../../lint/engine/rule.ts';
import { HIDDEN } from '../security-tags.ts';
import { findHiddenRuns, replaceRun } from './hidden-text.ts';

export const tagCharacter: Rule = {
  id: 'tag-character',
  severity: 'error',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'Invisible tag characters carry text that only the model reads',
  needs: 'text',
  docs: {
    why: 'Unicode’s tag block mirrors ASCII with invisible characters. Models read them as letters, so a whole instruction fits into what looks like an empty line ("ASCII smuggling", Goodside 2024). Their only legitimate use is in three flags.',
    bad: `messages:
  - role: user
    content: "Hello\\U000E0068\\U000E0069"`,
    good: `messages:
  - role: user
    content: Hello`,
    unless: 'The case tests such text on purpose: disable the rule there.',
  },
  *check({ prompt }) {
    for (const run of findHiddenRuns(prompt, TAGS)) {
      if (isFlag(run.before, run.text)) continue;
      const hidden = [...run.text]
        .map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
        .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ''))
        .join('');
      const shown = hidden.length > 80 ? `${hidden.slice(0, 80)}…` : hidden;
      yield {
        message:
          shown === ''
            ? 'Invisible tag characters can carry text that only the model reads. Remove them.'
            : `Invisible tag characters spell "${shown}", which only the model reads. Remove them.`,
        span: run.span,
        fixes: [replaceRun(run, '', 'Remove them')],
      };
    }
  },
};

const TAGS = /[\u{e0000}-\u{e007f}]+/gu;

/** The flags of England, Scotland, Wales and other subdivisions: UTS #51. */
function isFlag(before: string, tags: string): boolean {
  return (
    before.endsWith('\u{1f3f4}') &&
    /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u.test(tags)
  );
}
