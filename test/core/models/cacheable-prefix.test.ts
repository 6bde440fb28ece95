import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countCacheableTokens, findPrefixCaching } from '#core/models/cacheable-prefix.ts';

/** `[model, prefix, cached]`; null = nothing documented. */
const CASES: [string, number, number | null][] = [
  ['openai/gpt-4o', 1023, 0],
  ['openai/gpt-4o', 1024, 1024],
  ['openai/gpt-4o', 1151, 1024],
  ['openai/gpt-4o', 1152, 1152],
  ['github:openai/gpt-4.1-mini', 2000, 1920],
  ['azure/gpt-4o', 2000, 1920],
  ['o3', 1300, 1280],
  ['gpt-5.6-sol', 1151, 1151],
  ['openai/gpt-4', 5000, null],
  ['openai/gpt-oss-120b', 5000, null],
  ['claude-sonnet-4-5', 1030, 1030],
  ['claude-3-5-haiku-20241022', 2047, 0],
  ['anthropic/claude-3.5-haiku', 2048, 2048],
  ['claude-haiku-4-5', 4000, 0],
  ['claude-opus-4-7', 2048, 2048],
  ['claude-opus-5', 600, 600],
  ['claude-opus-5-5', 600, null],
  ['gemini-2.5-flash', 2048, 2048],
  ['gemini-3.8-flash', 4095, 0],
  ['openrouter/openai/gpt-4o', 5000, null],
  ['qwen2.5-coder:7b', 5000, null],
  ['acme/chat', 5000, null],
];

for (const [id, prefix, expected] of CASES) {
  test(`${id} caches ${expected} of a prefix of ${prefix} tokens`, () => {
    const caching = findPrefixCaching(id);
    assert.equal(caching && countCacheableTokens(caching, prefix), expected);
  });
}

test('OpenAI caches by itself, Anthropic where it is asked to; both are sourced', () => {
  assert.equal(findPrefixCaching('gpt-4o')?.automatic, true);
  assert.equal(findPrefixCaching('claude-sonnet-4-5')?.automatic, false);
  assert.match(findPrefixCaching('claude-sonnet-4-5')?.source ?? '', /^https:/);
});
