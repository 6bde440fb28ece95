import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNearCopies } from './near-copies.ts';

test('a text with one changed word has a near copy, one with the same topic has none', () => {
  const texts = [
    'The parcel that I ordered on Monday has not arrived and nobody answers my letters.',
    'The parcel that I ordered on Monday has not arrived and nobody answers my mails.',
    'My parcel has not arrived. I ordered it on Monday, and my letters are not answered.',
  ];
  assert.deepEqual(findNearCopies(texts), [true, true, false]);
});

test('equal texts are near copies, empty ones are not', () => {
  assert.deepEqual(findNearCopies(['a b c d', 'a b c d', '', '']), [true, true, false, false]);
});
