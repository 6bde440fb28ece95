import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { encoderOf } from '../../support/token-tables.ts';

const encoder = await encoderOf('o200k_base');
const exact = { encoding: 'o200k_base', exact: true } as const;
const counter = createTableCounter(exact, encoder, new TokenMemo());

/** More rows than one file may hold: test files bring them. */
function withRows(text: string, count: number, textOf: (i: number) => string): PromptDocument {
  const prompt = parsePrompt(`${text}\ntestData: [{ v1: x }]\n`);
  const value = prompt.rows[0]?.values.get('v1');
  const row = prompt.rows[0];
  assert.ok(value && row);
  const rows = Array.from({ length: count }, (_, index) => ({
    ...row,
    index,
    values: new Map([['v1', { ...value, text: textOf(index) }]]),
  }));
  return { ...prompt, rows };
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`);
const placeholders = (count: number) => names(count).map((name) => `{{${name}}}`);
const message = (content: string) => `  - { role: user, content: "${content}" }\n`;

const HOSTILE: Record<string, () => PromptDocument> = {
  'a placeholder per character': () =>
    withRows(`messages:\n${message('{{v1}}'.repeat(100_000))}`, 2, String),
  '10,000 rows': () =>
    withRows(`messages:\n${message('Say {{v1}} now')}`, 10_000, (i) =>
      `some words ${i} `.repeat(20),
    ),
  '10,000 rows without a cut in a long text': () =>
    withRows(`messages:\n${message(`{{v1}}${'-'.repeat(100_000)}`)}`, 10_000, String),
  'many messages and many rows': () =>
    withRows(`messages:\n${message('{{v1}}').repeat(3000)}`, 20_000, String),
  'many variables and many rows': () =>
    withRows(`messages:\n${message(placeholders(9000).join(''))}`, 20_000, String),
  'many defaults and many rows': () => {
    const defaults = names(2000).map((name) => `  - { name: ${name}, default: d }\n`);
    const text = `messages:\n${message(placeholders(2000).join(''))}variables:\n${defaults.join('')}`;
    return withRows(text, 20_000, String);
  },
  'one long value in many messages': () =>
    withRows(`messages:\n${message('{{v1}}'.repeat(20)).repeat(3000)}`, 2, () =>
      'long '.repeat(100_000),
    ),
};

for (const [name, make] of Object.entries(HOSTILE)) {
  test(`${name}: counted in bounded time`, () => {
    const prompt = make();
    assert.ok(prompt.messages.length > 0);
    const start = cpuMs();
    const counts = countPrompt(prompt, counter, { limit: 1_000_000 });
    const time = cpuMs() - start;
    assert.ok(counts.call.max > 0);
    assert.ok(time < 2500, `${time.toFixed(0)} ms`);
  });
}
