import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelErrorKind } from '#core/eval/model.ts';
import { suggestRemedy } from '#core/eval/run/suggest-remedy.ts';

test('each kind of error has something to do about it, and no two the same', () => {
  const words: Readonly<Record<Exclude<ModelErrorKind, 'not-recorded'>, RegExp>> = {
    auth: /valid key/,
    quota: /credit/,
    'not-found': /baseUrl/,
    'rate-limit': /requestsPerMinute/,
    network: /server is running/,
    timeout: /timeoutMs/,
    refused: /content filter/,
    'bad-request': /modelParameters/,
    'context-length': /larger context window/,
    'bad-answer': /\/v1/,
    unavailable: /later/,
  };
  const said = Object.entries(words).map(([kind, word]) => {
    const remedy = suggestRemedy({ kind: kind as ModelErrorKind });
    assert.match(remedy ?? '', word);
    return remedy;
  });
  assert.equal(new Set(said).size, said.length);
});

test('a miss of a replay says itself what to do', () => {
  assert.equal(suggestRemedy({ kind: 'not-recorded' }), null);
});

test('a proxy that wants a password says itself where to set it', () => {
  assert.equal(suggestRemedy({ kind: 'not-found', status: 407 }), null);
});

test('a redirect says itself where to go', () => {
  assert.equal(suggestRemedy({ kind: 'bad-request', status: 302 }), null);
});
