import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { encoderOf } from '../../support/token-tables.ts';

const KB = 1024;
const UNITS = {
  'one letter': 'a',
  'equal signs': '=',
  spaces: ' ',
  'line feeds': '\n',
  'carriage returns': '\r',
  tabs: '\t',
  'an emoji': '😀',
  digits: '7',
  'combining marks': '\u0301',
  'a Chinese character': '中',
  'two cases': 'aB',
  'a shared letter before capitals': '中AB',
  apostrophes: "'",
  'contractions in a row': "'s't",
  'blanks before a mark': ' \u0301',
  'unpaired surrogates': '\ud800',
};
/** Far above what any of these takes, so that a busy machine does not fail the test. */
const LIMIT_MS = 1000;
/** Eight times the text; what grows with its square takes 64 times as long. */
const LIMIT_FACTOR = 24;

const encoder = await encoderOf('o200k_base');
for (const unit of Object.values(UNITS)) fastest(unit, 4 * KB);

for (const [name, unit] of Object.entries(UNITS)) {
  test(`${name} take time in proportion`, () => {
    const small = Math.max(0.3, fastest(unit, 12.5 * KB));
    const large = fastest(unit, 100 * KB);
    const times = `${small.toFixed(1)} ms, then ${large.toFixed(1)} ms`;
    assert.ok(large < LIMIT_MS && large < LIMIT_FACTOR * small, times);
  });
}

/** Milliseconds for about this many bytes, the best of five. */
function fastest(unit: string, bytes: number): number {
  const text = unit.repeat(bytes / Buffer.byteLength(unit));
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = cpuMs();
    encoder.count(text);
    best = Math.min(best, cpuMs() - start);
  }
  return best;
}
