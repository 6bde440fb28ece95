import type { Family } from './signals.ts';

export interface Mark {
  readonly family: Family;
  readonly weight: number;
  readonly strict?: boolean;
  readonly patterns: readonly RegExp[];
}

/** Signals that are not words: control tokens, forged turns, ends of documents. For normalized text. Data. */
export const MARKS: Readonly<Record<string, Mark>> = {
  'control-token': {
    family: 'markup',
    weight: 0.8,
    patterns: [
      /<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|begin_of_text|end_of_text|start_header_id|end_header_id|eot_id)\|>/g,
      /\[\/?inst\]|<<\/?sys>>|<\/?s>\s{0,4}\[inst|<(?:start|end)_of_turn>/g,
    ],
  },
  'system-turn': {
    family: 'markup',
    weight: 0.5,
    patterns: [
      /(?:^|\n)[ \t]{0,8}(?:#{1,6} {0,2}|\*\*|\[|<|\$|\/)?system(?: ?(?:prompt|message|instructions?|override))?(?:\*\*|\]|>)?(?::|\n)/g,
      /["']role["'] {0,3}: {0,3}["']system["']/g,
      /(?:^|\n)[ \t]{0,8}(?:\[|<)\/?(?:system|instructions?|admin|developer)(?:\]|>)/g,
    ],
  },
  'other-turns': {
    family: 'markup',
    weight: 0.3,
    patterns: [/(?:^|\n)[ \t]{0,8}(?:human|assistant|ai|chatgpt|gpt|user) {0,2}: {0,2}\S/g],
  },
  'end-of-input': {
    family: 'markup',
    weight: 0.5,
    patterns: [
      /\b(?:end|stop|close) {0,2}(?:of )?(?:the )?(?:system )?(?:prompt|context|document|instructions?|input|data|email|transcript|conversation)\b/g,
      /\b(?:begin|start) {0,2}(?:of )?(?:the )?(?:new |system |admin )(?:prompt|instructions?|session|message)\b/g,
      /[-=#*_]{4,40} {0,4}(?:end|new|begin|start|stop|system|admin|important)\b/g,
    ],
  },
  'closing-tag': {
    family: 'markup',
    weight: 0.3,
    patterns: [
      /<\/(?:system|instructions?|prompt|context|document|user|user_input|data|input|email|content|query|question)>/g,
    ],
  },
  'image-link': {
    family: 'exfiltration',
    weight: 0.5,
    patterns: [
      /!\[[^\]\n]{0,80}\]\(\s{0,4}(?:https?:\/\/[^\s)]{0,200}[?&][^\s)=]{0,40}=[^\s)]{0,20}[{<[$]|<)/g,
    ],
  },
  'forged-script': {
    family: 'persona',
    weight: 0.4,
    patterns: [
      /(?:^|\n|[ `"])(?:persona|rules|character|jailbreak|personality|awareness) {0,2}[=:] {0,2}[[({"]?/g,
      /[+!]:? {0,2}(?:\(header\)|\(user\)|\(assistant\)|user|title|limit output)/g,
      /#{1,3} {0,2}begin [a-z_{]/g,
    ],
  },
  'lock-marks': {
    family: 'mode',
    weight: 0.3,
    patterns: [
      /\[?(?:🔒|🔓)\]? {0,2}(?:classic|jailbreak|normal|developer|unlocked|output)?|\((?:🔒|🔓)/gu,
    ],
  },
  'any-command': {
    family: 'tools',
    weight: 0.4,
    patterns: [
      /\brm -rf?\b|\bcurl [^\n|]{0,120}\| {0,2}(?:ba)?sh\b|\bos\.system\(|__(?:class|globals|subclasses|import)__/g,
    ],
  },
};
