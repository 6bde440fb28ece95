import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTokens } from '#server/features/semantic-tokens.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('semantic tokens: variables and data tags, in UTF-16', () => {
  const decode = (data: readonly number[]): string[] => {
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [down = 0, right = 0, length = 0, type, modifier] = data.slice(i, i + 5);
      character = down > 0 ? right : character + right;
      line += down;
      found.push(
        `${line} ${analysis.lines.line(line).slice(character, character + length)} ${type} ${modifier}`,
      );
    }
    return found;
  };
  const whole = { start: 0, end: OUTLINE.length };
  assert.deepEqual(decode(encodeTokens(analysis, whole).data), [
    '5 city 0 1',
    '11 doc 1 0',
    '12 city 0 0',
    '12 city 0 0',
    '13 doc 1 0',
    '19 city 0 0',
    '20 city 0 0',
  ]);
  const start = OUTLINE.indexOf('testData');
  assert.equal(encodeTokens(analysis, { start, end: OUTLINE.length }).data.length, 10);
});
