import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parsePrompt } from '#core/prompt/parse.ts';
import { CountMemo } from '#core/tokens/count-memo.ts';
import { type Counter, createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { seededRandom } from '#test/support/random.ts';
import { encoderOf } from '#test/support/token-tables.ts';

let counter: Counter;
let measured = 0;
before(async () => {
  const counting = { encoding: 'o200k_base', exact: true } as const;
  const table = createTableCounter(counting, await encoderOf('o200k_base'), new TokenMemo());
  const measure = (text: string): number => {
    measured += text.length;
    return table.measure(text);
  };
  counter = { ...table, measure };
});

const prompt = (first: string, rows: readonly string[]): string =>
  `variables:\n  - name: b\n    default: tea\nmessages:\n  - role: system\n    content: ${first}\n  - role: user\n    content: Tell me about {{a}} and {{b}}.\ntestData:\n${rows.map((row) => `  - ${row}\n`).join('')}`;

test('counts with a memo are the counts without one, whatever was counted before', () => {
  const next = seededRandom(5);
  const memo = new CountMemo();
  const words = ['tea', '', 'a long sentence', '{{b}}', '0', '""'];
  for (let i = 0; i < 200; i++) {
    const rows = Array.from(
      { length: next(4) },
      () => `{ a: "${words[next(5)]}"${next(2) ? ', b: x' : ''} }`,
    );
    const text = prompt(`Be ${words[next(6)]}{{a}}`, rows);
    const document = parsePrompt(text);
    const limit = next(2) ? 100 : 100_000;
    assert.deepEqual(
      countPrompt(document, counter, { limit, memo }),
      countPrompt(document, counter, { limit }),
      text,
    );
  }
});

test('an edit counts only the message it changed', () => {
  const memo = new CountMemo();
  const rows = Array.from({ length: 50 }, (_, i) => `{ a: "value ${i}" }`);
  countPrompt(parsePrompt(prompt('Be brief about {{a}}', rows)), counter, { memo });
  measured = 0;
  countPrompt(parsePrompt(prompt('Be brief about {{a}}', rows)), counter, { memo });
  assert.equal(measured, 0);
  countPrompt(parsePrompt(prompt('Be very brief', rows)), counter, { memo });
  assert.ok(measured < 50, `${measured}`);
});

test('what is remembered does not keep the files it came from in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const memo = new CountMemo();
  const edit = (i: number) => {
    const long = `Answer question ${i} about {{a}} in as few words as you can, please`;
    const file = `${prompt(long, [])}metadata:\n  note: |\n    ${'word '.repeat(100_000)}\n`;
    countPrompt(parsePrompt(file), counter, { memo });
  };
  edit(0);
  const before = used();
  for (let i = 1; i < 60; i++) edit(i);
  const grown = used() - before;
  assert.ok(grown < 10, `${grown.toFixed(1)} MB for 60 edits of half a megabyte`);
});
