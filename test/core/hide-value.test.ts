import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hideValue } from '#core/hide-value.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

test('a value is hidden wherever it stands, and its beginning before an ellipsis', () => {
  for (const [text, value, hidden] of [
    ['say abcdef, abcdef', 'abcdef', 'say #, #'],
    ['say "abcd…" or "abc…"', 'abcdef', 'say "#…" or "#…"'],
    ['say "ab…"', 'abcdef', 'say "ab…"'],
    ['abcabx…', 'abcabd', 'abcabx…'],
    ['aaab aabaaa…', 'aabaaab', 'aaab #…'],
    ['…', 'abc', '…'],
    ['$& abc', 'abc', '$& #'],
  ] as const)
    assert.equal(hideValue(text, value, '#'), hidden);
});

test('what of a value may be shown does not count', () => {
  assert.equal(
    hideValue('keys begin with sk-pr…', 'sk-proj-123', '#', 4),
    'keys begin with sk-pr…',
  );
  assert.equal(hideValue('the key sk-proj…', 'sk-proj-123', '#', 4), 'the key #…');
});

test('a long value costs no more than its length', () => {
  const value = `${'a'.repeat(100_000)}b`;
  const start = cpuMs();
  hideValue(`${'a'.repeat(100_000)}…`.repeat(4), value, '#');
  const took = cpuMs() - start;
  assert.ok(took < 1000, `${took} ms`);
});
