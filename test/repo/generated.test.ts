import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentText, generated } from '../../scripts/generate/index.ts';

for (const { file, produce } of generated) {
  test(`${file} is up to date (npm run generate writes it)`, async () => {
    const current = currentText(file);
    assert.equal(current, await produce(current));
  });
}
