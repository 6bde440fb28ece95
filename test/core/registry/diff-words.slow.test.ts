import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffWords } from '#core/registry/diff-words.ts';
import { layOutWords } from '#core/registry/lay-out-words.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { seededRandom } from '#test/support/random.ts';

const LENGTH = 200_000;

const fill = (piece: (i: number) => string) => {
  let text = '';
  for (let i = 0; text.length < LENGTH; i++) text += piece(i);
  return text;
};

/** Pairs of long texts that make a diff slow: nothing in common, everything moved, or too much in common. */
function listHardPairs(): Record<string, readonly [string, string]> {
  const next = seededRandom(5);
  const draw = () => fill(() => `w${next(3000)}${next(12) === 0 ? '.\n' : ' '}`);
  const base = draw();
  const half = base.length / 2;
  return {
    'no common word': [fill((i) => `alpha${i} `), fill((i) => `beta${i} `)],
    'the same words in another order': [base, draw()],
    'two halves that change places': [base, base.slice(half) + base.slice(0, half)],
    'words in a period': [fill(() => 'a b '), fill(() => 'b a c ')],
    'marks only': [fill(() => '.,'), fill(() => ',;.')],
    'every second word': [fill((i) => `k${i} the `), fill((i) => `k${i} ${i % 2 ? 'the' : 'a'} `)],
    'Chinese and Japanese': [fill(() => '请用中文回答问题。'), fill(() => '日本語で答えて。')],
    'another kind of line break': [base.replaceAll('\n', '\r\n'), base],
    'one endless word': [fill(() => 'a'), fill(() => 'b')],
  };
}

for (const [name, [before, after]] of Object.entries(listHardPairs()))
  test(`200 KB, ${name}: compared and laid out in under two seconds, completely`, () => {
    const started = cpuMs();
    const segments = diffWords(before, after);
    const lines = layOutWords(segments);
    assert.ok(cpuMs() - started < 2000, `${cpuMs() - started} ms`);
    const shown = lines.flatMap((line) => line.map(({ text }) => text)).join('');
    assert.ok(shown.length < 12_000, String(shown.length));
    const join = (other: string) =>
      segments.map(({ kind, text }) => (kind === other ? '' : text)).join('');
    assert.equal(join('added'), before);
    assert.equal(join('removed'), after);
  });
