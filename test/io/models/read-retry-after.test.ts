import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRetryAfter } from '#io/models/read-retry-after.ts';

const NOW = Date.parse('2026-11-21T09:30:00Z');

function read(
  headers: Record<string, string>,
  more: { message?: string; error?: unknown } = {},
): number | undefined {
  return readRetryAfter({ message: '', ...more, headers: new Headers(headers) }, NOW);
}

test('Retry-After in seconds, as a date and in milliseconds', () => {
  const table: [headers: Record<string, string>, expected: number | undefined][] = [
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Sat, 21 Nov 2026 09:30:05 GMT' }, 5000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 09:29:00 GMT' }, 0],
    [{ 'retry-after': '3', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': 'NaN' }, undefined],
    [{}, undefined],
  ];
  for (const [headers, expected] of table)
    assert.equal(read(headers), expected, JSON.stringify(headers));
});

test('the limit that was hit says when it is free again, in every unit', () => {
  const resets: [value: string, expected: number | undefined][] = [
    ['1m2s', 62_000],
    ['6m0s', 360_000],
    ['1h', 3_600_000],
    ['20ms', 20],
    ['1.5s', 1500],
    ['9', 9000],
    [String(NOW + 7000), 7000],
    [String(NOW / 1000 + 7), 7000],
    [String(NOW - 7000), 0],
    ['2026-11-21T09:30:08Z', 8000],
    ['', undefined],
    ['later', undefined],
  ];
  for (const [value, expected] of resets) {
    assert.equal(read({ 'x-ratelimit-reset-requests': value }), expected, value);
    assert.equal(read({ 'x-ratelimit-reset': value }), expected, value);
    assert.equal(read({ 'anthropic-ratelimit-tokens-reset': value }), expected, value);
  }
  const both = {
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '2s',
    'x-ratelimit-remaining-tokens': '5',
    'x-ratelimit-reset-tokens': '50s',
  };
  assert.equal(read(both), 2000);
  assert.equal(read({ ...both, 'x-ratelimit-remaining-tokens': '0' }), 50_000);
});

test('a hint in the body or the message counts where the headers have none', () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' }];
  assert.equal(read({}, { error: { code: 429, details } }), 37_000);
  const metadata = { headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': NOW + 4000 } };
  assert.equal(read({}, { error: { metadata } }), 4000);
  assert.equal(read({}, { error: { error: { metadata } } }), 4000);
  const sentences: [message: string, expected: number | undefined][] = [
    ['Quota exceeded. Please retry in 37.5s.', 37_500],
    ['have exceeded call rate limit. Please retry after 9 seconds.', 9000],
    ['Rate limit reached. Please try again in 6m0s.', 360_000],
    ['Please try again in 20ms. Visit the page.', 20],
    ['Please wait 2 minutes before the next call', 120_000],
    ['Limit 3 requests per minute', undefined],
    ['try again later', undefined],
  ];
  for (const [message, expected] of sentences)
    assert.equal(read({}, { message }), expected, message);
  assert.equal(read({ 'retry-after': '1' }, { message: 'retry in 37s' }), 1000);
});
