import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutThoughts } from '#core/eval/run/cut-thoughts.ts';

test('leading thoughts are no part of the answer; the whole text is kept', () => {
  for (const raw of [
    '<think>\nIs it card or billing?\n</think>\n\nbilling',
    '\n<Thinking>a</thinking> billing',
    '<think></think>billing',
  ])
    assert.deepEqual(cutThoughts(raw, false), { text: 'billing', raw });
});

test('an answer that was cut off within its thoughts is empty', () => {
  const raw = '<think>Is it';
  assert.deepEqual(cutThoughts(raw, false), { text: '', raw });
});

test('the opening tag may be missing only where the model is known for it', () => {
  const raw = 'Is it card?\n</think>\n\nbilling';
  assert.deepEqual(cutThoughts(raw, true), { text: 'billing', raw });
  assert.deepEqual(cutThoughts(raw, false), { text: raw });
  assert.deepEqual(cutThoughts('billing', true), { text: 'billing' });
});

test('of a model that is not known, the end of thoughts has to stand on a line of its own', () => {
  for (const raw of [
    'Is it card?\n</think>\n\nbilling',
    'Hm\r\n</think>\r\nbilling',
    '</think>\nbilling',
  ])
    assert.deepEqual(cutThoughts(raw, undefined), { text: 'billing', raw });
  for (const text of [
    'The tag </think> ends it',
    'Write:\n<think>\n</think>\nand so on',
    'Use </think>\nthere\n</think>\nbilling',
    'billing',
  ])
    assert.deepEqual(cutThoughts(text, undefined), { text });
});

test('a tag within the answer is the answer’s', () => {
  for (const text of ['billing <think>x</think>', 'Use `<think>`: it ends with </think>'])
    assert.deepEqual(cutThoughts(text, false), { text });
  const raw = '<think>a</think><think>b</think>';
  assert.deepEqual(cutThoughts(raw, false), { text: '<think>b</think>', raw });
});
