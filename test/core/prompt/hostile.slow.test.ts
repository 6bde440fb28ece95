import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';

const letters = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i));

/** Texts that are slow or fatal for a naive reader, each cut to the given length. */
const hostile: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(1e6),
  'nested maps': '{a: '.repeat(250_000),
  'nested keys': '? '.repeat(500_000),
  'nested dashes': '- '.repeat(500_000),
  'nested colons': ': '.repeat(500_000),
  'ever deeper lines': Array.from({ length: 1_400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'alias bomb': `a: &a [${'1,'.repeat(10)}]\n${letters
    .slice(1)
    .map((l, i) => `${l}: &${l} [${`*${letters[i]},`.repeat(9)}]`)
    .join('\n')}`,
  'many aliases': `a: &a 1\nb: [${'*a,'.repeat(300_000)}]`,
  anchors: '&a '.repeat(333_333),
  'anchors on lines': '&a\n'.repeat(300_000),
  tags: '!!str '.repeat(160_000),
  directives: '%a\n'.repeat(300_000),
  documents: '---\n'.repeat(250_000),
  'closing brackets': ']'.repeat(1e6),
  quotes: '"'.repeat(1e6),
  'single quotes': "'".repeat(1e6),
  'one key again': 'a: 1\n'.repeat(200_000),
  'many keys': Array.from({ length: 90_000 }, (_, i) => `k${i}: 1`).join('\n'),
  'flow list': `[${'a,'.repeat(500_000)}]`,
  'empty lists': '[],'.repeat(333_333),
  'blank lines': '\n'.repeat(1e6),
  blanks: ' '.repeat(1e6),
  tabs: '\t'.repeat(1e6),
  comments: '#\n'.repeat(500_000),
  'one long word': `a: ${'x'.repeat(1e6)}`,
  nul: '\0'.repeat(1e6),
  'lone surrogates': '\ud800'.repeat(1e6),
  'byte order marks': '\ufeff'.repeat(1e6),
  'a placeholder per character': `messages:\n - role: user\n   content: "${'{{a}}'.repeat(200_000)}"`,
  'a block': `a: |\n${'  x\n'.repeat(250_000)}`,
  'a folded block': `a: >\n${'  x\n   y\n\n'.repeat(100_000)}`,
  escapes: `a: "${'\\n'.repeat(500_000)}"`,
  'unclosed plain lines': `a: ${'word\n  '.repeat(140_000)}`,
};

for (const [name, whole] of Object.entries(hostile)) {
  test(`ends in bounded time: ${name}`, () => {
    parsePrompt(whole.slice(0, 20_000));
    const small = timeOf(whole.slice(0, 100_000));
    const large = timeOf(whole.slice(0, 1_000_000));
    // The goals are 250 ms and 1 s on an idle machine; CI machines share caches.
    assert.ok(
      small < 750 && large < 3_000,
      `${small.toFixed(0)} ms for 100 KB, ${large.toFixed(0)} ms for 1 MB`,
    );
  });
}

/** CPU time in milliseconds for parsing a text, because other processes may be running. */
function timeOf(text: string): number {
  const start = process.cpuUsage();
  parsePrompt(text);
  return process.cpuUsage(start).user / 1000;
}

test('repeated parsing of deep nesting does not crash the process', () => {
  for (let i = 0; i < 200; i++) {
    assert.match(parsePrompt('['.repeat(1_000)).problems[0]?.message ?? '', /Nested more than/);
  }
});

test('an alias bomb is rejected with a message', () => {
  const bomb = hostile['alias bomb'] ?? '';
  assert.match(parsePrompt(bomb).problems[0]?.message ?? '', /Aliases expand/);
});
