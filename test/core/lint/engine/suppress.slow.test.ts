import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSuppressions, SuppressionIndex } from '#core/lint/engine/suppress.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { cpuMs } from '../../../support/cpu-ms.ts';

test('thousands of comments take linear time', () => {
  const rows = '# promptsmith-disable-next-line word, other\n- bad\n'.repeat(8000);
  const nested = '# promptsmith-disable word\n# promptsmith-enable other\n'.repeat(8000);
  const stacked = `${'# promptsmith-disable-next-line word\n'.repeat(15000)}- bad\n`;
  for (const text of [rows, nested, stacked]) {
    const start = cpuMs();
    const index = new SuppressionIndex(readSuppressions(parsePrompt(text)));
    for (let at = 0; at < text.length; at += 20) index.find('word', { start: at, end: at + 1 });
    const spent = cpuMs() - start;
    assert.ok(spent < 1500, `${Math.round(spent)} ms`);
  }
});
