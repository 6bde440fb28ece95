import type { Rule } from '../../lint/engine/rule.ts';
import { HIDDEN } from '../security-tags.ts';
import { codePoint, findHiddenRuns, replaceRun } from './hidden-text.ts';

export const bidiControl: Rule = {
  id: 'bidi-control',
  severity: 'error',
  mode: 'recommended',
  group: 'hidden-text',
  tags: HIDDEN,
  fix: 'unsafe',
  summary: 'A character changes the displayed order of text, but not what the model reads',
  needs: 'text',
  docs: {
    why: 'Bidirectional controls make an editor show letters in another order than the model reads them, so a reviewer approves a text that is not there (CVE-2021-42574, "Trojan Source"). Arabic and Hebrew need none of them, because their letters carry their direction. None of 7,396 harmless prompts and texts contained one.',
    bad: `messages:
  - role: user
    content: "Pay \\u202e001\\u202c Euro."`,
    good: `messages:
  - role: user
    content: Pay 100 Euro.`,
    unless: 'The case tests such text on purpose: disable the rule there.',
  },
  *check({ prompt }) {
    for (const run of findHiddenRuns(prompt, CONTROLS)) {
      yield {
        message: `${codePoint(run.text)} displays text in a different order from what the model reads. Remove it.`,
        span: run.span,
        fixes: [replaceRun(run, '', 'Remove it')],
      };
    }
  },
};

/** Embeddings, overrides and isolates; UAX #9. */
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
