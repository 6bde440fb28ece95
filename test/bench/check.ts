import { lint } from '#core/lint/engine/lint.ts';
import { findEncoding } from '#core/models/find-encoding.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { root } from '../../scripts/process.mjs';

/*
 * How long a prompt file takes to parse, to count and to lint, by its size, and the inputs that are
 * slow for a naive reader. Medians of warm runs; the first run is cold.
 */
const MODEL = 'openai/gpt-4o-mini';

/** A prompt file of about so many characters: messages, and rows that fill them. */
function promptOf(length: number): string {
  let messages = '';
  let rows = '';
  const text = (): string =>
    `name: Support\nmodel: ${MODEL}\nmodelParameters:\n  maxTokens: 300\nmessages:\n  - role: system\n    content: |\n      You answer questions about {{product}} in {{language}}.\n${messages}testData:\n${rows}evaluators:\n  - name: names it\n    string:\n      contains: "{{product}}"\n`;
  for (let i = 0; text().length < length; i++) {
    if (i % 3 === 0)
      messages += `  - role: ${i % 2 ? 'assistant' : 'user'}\n    content: |\n      Example ${i}: how do I set up part ${i} of {{product}}?\n      ${'Answer step by step, and name the page. '.repeat(1 + (i % 4))}\n`;
    else
      rows += `  - product: Plan ${i}\n    language: English\n    expected: "It costs $${i}.99"\n`;
  }
  return text();
}

const hostile: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(100_000),
  brackets: '['.repeat(100_000),
  'nested dashes': '- '.repeat(50_000),
  'one key again': 'a: 1\n'.repeat(20_000),
  'a placeholder per character': `messages:\n  - role: user\n    content: "${'{{a}}'.repeat(20_000)}"\n`,
  'placeholders × rows': `messages:\n  - role: user\n    content: "${'{{a}}'.repeat(1_000)}"\ntestData:\n${'  - a: x\n'.repeat(8_000)}`,
  rows: `messages:\n  - role: user\n    content: "{{a}}"\ntestData:\n${Array.from({ length: 8_000 }, (_, i) => `  - a: ${i}\n`).join('')}`,
  quotes: '"'.repeat(100_000),
  'lone surrogates': '\ud800'.repeat(100_000),
  suppressions: 'a: 1 # promptsmith-disable-line x\n'.repeat(3_000),
};

const models = await loadCatalogue({ today: '2026-11-21' });
const counting = findEncoding(MODEL);
const encoder = await createFileTokenizer(`${root}/dist/tokens`).load(counting.encoding);

function measure(
  text: string,
  rounds: number,
): { parse: number[]; count: number[]; lint: number[] } {
  const times: { parse: number[]; count: number[]; lint: number[] } = {
    parse: [],
    count: [],
    lint: [],
  };
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    const prompt = parsePrompt(text);
    const parsed = performance.now();
    const counts = countPrompt(prompt, createTableCounter(counting, encoder, new TokenMemo()));
    const counted = performance.now();
    lint({ prompt, models, counts, facts: { today: '2026-11-21' } }, rules);
    times.parse.push(parsed - started);
    times.count.push(counted - parsed);
    times.lint.push(performance.now() - counted);
  }
  return times;
}

function show(name: string, { parse, count, lint: found }: ReturnType<typeof measure>): void {
  const cell = (times: number[]): string => {
    const warm = times.slice(1).sort((a, b) => a - b);
    const median = warm[warm.length >> 1] ?? times[0] ?? 0;
    return `${median.toFixed(2)} (first ${(times[0] ?? 0).toFixed(0)})`.padStart(20);
  };
  console.log(`${name.padEnd(28)}${cell(parse)}${cell(count)}${cell(found)}`);
}

console.log(`Node ${process.version}, ${rules.length} rules; milliseconds, median of warm runs\n`);
console.log(`${''.padEnd(28)}${'parse'.padStart(20)}${'count'.padStart(20)}${'lint'.padStart(20)}`);
for (const size of [2_000, 6_000, 20_000, 200_000])
  show(`${size / 1000} KB`, measure(promptOf(size), size > 100_000 ? 9 : 41));
console.log('\n100 KB that are slow for a naive reader');
for (const [name, text] of Object.entries(hostile)) show(name, measure(text.slice(0, 100_000), 3));
