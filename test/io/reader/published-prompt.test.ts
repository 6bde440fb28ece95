import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPublishedPrompt } from '#io/reader/published-prompt.ts';

const TEXT = `messages:
  - role: user
    content: "{{größe}} {{Size (cm)}}. Begin with: Dear {{First name}}"
testData:
  - größe: XL
    Size (cm): 4
`;

test('values of any name are filled; braces that no key explains stay as they were published', () => {
  const prompt = createPublishedPrompt('letter', '1.0.0', TEXT);
  const values = { größe: 'S', 'Size (cm)': 3 };
  assert.deepEqual(prompt.messages(values), [
    { role: 'user', content: 'S 3. Begin with: Dear {{First name}}' },
  ]);
  assert.deepEqual(prompt.messages({ ...values, 'First name': 'Ada' }), [
    { role: 'user', content: 'S 3. Begin with: Dear Ada' },
  ]);
  assert.throws(
    () => prompt.messages({ größe: 'S' }),
    /letter@1\.0\.0 needs a value for Size \(cm\)$/,
  );
});
