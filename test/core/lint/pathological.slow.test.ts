import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '#core/lint/engine/lint.ts';
import { FileSecrets } from '#core/lint/secrets.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { readSettings } from '#core/settings.ts';
import { testModels as models } from '#test/support/caret.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

/** The bound is 250 ms on an idle machine; a busy one with shared caches takes several times as long. */
const BOUND = 1000;
const SIZE = 100_000;

const fill = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);
const inMessage = (text: string): string =>
  `messages:\n  - role: system\n    content: ${JSON.stringify(text)}\n  - role: user\n    content: "{{a}}"\n`;
const inRow = (text: string): string =>
  `messages:\n  - role: user\n    content: "{{a}}"\ntestData:\n  - a: ${JSON.stringify(text)}\n`;

/** Texts that make a careless pattern slow, in a message and in a test value. */
const UNITS: Readonly<Record<string, string>> = {
  blanks: ' ',
  'blank lines': '\n',
  'lines of blanks': ' \n',
  'one letter': 'a',
  'one word': 'ignore ',
  'an attack without an end': 'ignore all previous ',
  'letters apart': 'i g n o r e ',
  'open tags': '<a ',
  'closing tags': '</a>',
  fences: '```\n',
  'open quotes': '"a ',
  'chat tokens': '<|im_start|>',
  'base64 letters': 'QUJD',
  'hexadecimal digits': '4a',
  'percent escapes': '%69',
  entities: '&#105;',
  'zero-width characters': 'a\u200b',
  'tag characters': '\u{e0069}',
  'combining marks': 'a\u0301',
  'mixed scripts': 'a\u0430',
  addresses: 'http://a:b',
  'e-mail addresses': 'a.b@',
  digits: '4539 ',
  'beginnings of keys': 'sk-',
  'colons and dashes': 'User: -- # ',
};

for (const [name, unit] of Object.entries(UNITS)) {
  test(`100 KB of ${name} are linted in time`, () => {
    for (const text of [inMessage(fill(unit)), inRow(fill(unit)), fill(unit)]) {
      const took = Math.min(timeOf(text), timeOf(text));
      assert.ok(took < BOUND, `${took.toFixed(0)} ms of processor time`);
    }
  });
}

/** CPU time in milliseconds for parsing and linting a text with every rule. */
function timeOf(text: string): number {
  const { settings } = readSettings({ mode: 'audit' });
  const start = cpuMs();
  const prompt = parsePrompt(text);
  const secrets = new FileSecrets(prompt);
  lint({ prompt, models, settings, secrets, facts: { today: '2026-11-21' } }, rules);
  return cpuMs() - start;
}
