import type { Rule } from '../../lint/engine/rule.ts';
import { selectorByte } from '../../lint/payload/normalize.ts';
import { HIDDEN } from '../security-tags.ts';
import { findHiddenRuns, replaceRun } from './hidden-text.ts';

export const variationSelectorPayload: Rule = {
  id: 'variation-selector-payload',
  severity: 'error',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'Invisible variation selectors in a row carry data',
  needs: 'text',
  docs: {
    why: 'A variation selector chooses the appearance of the character before it. Several in a row have no such purpose: there are 256 of them, so each can carry a byte, and any text fits behind a single emoji (Butler 2025, "Smuggling arbitrary data through an emoji").',
    bad: `messages:
  - role: user
    content: "Hello 😀\\U000E0158\\U000E0155\\U000E015C\\U000E015C\\U000E015F"`,
    good: `messages:
  - role: user
    content: Hello 😀`,
    unless: 'The case tests such text on purpose: disable the rule there.',
  },
  *check({ prompt }) {
    for (const run of findHiddenRuns(prompt, SELECTORS)) {
      const bytes = [...run.text].map((char) => selectorByte(char.codePointAt(0) ?? 0));
      const text = new TextDecoder().decode(Uint8Array.from(bytes));
      const isText = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}\n\t]+$/u.test(text);
      const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
      yield {
        message: `${bytes.length} invisible variation selectors in a row carry data${isText ? `: "${shown.replace(/\s+/g, ' ')}"` : ''}. Remove them.`,
        span: run.span,
        fixes: [replaceRun(run, '', 'Remove them')],
      };
    }
  },
};

const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu;
