import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { seededRandom } from '#test/support/random.ts';
import { SAMPLE } from './sample.ts';

test('random damage never throws, and every span is inside the text', () => {
  const next = seededRandom(3);
  const bits = [
    '\n',
    '  ',
    '- ',
    ': ',
    '{{',
    '}}',
    '"',
    "'",
    '|',
    '>',
    '&a ',
    '*a',
    '[',
    ']',
    '\t',
    '\ud800',
    '\0',
    '#',
    '?',
    '!!',
    '%',
    '---\n',
    '\ufeff',
    '\r',
  ];
  for (let i = 0; i < 1_000; i++) {
    let text = SAMPLE;
    for (let j = next(6); j >= 0; j--) {
      const at = next(text.length + 1);
      text = text.slice(0, at) + bits[next(bits.length)] + text.slice(at + next(8));
    }
    const prompt = parsePrompt(text);
    const spans = [
      ...prompt.problems.map((p) => p.span),
      ...prompt.messages.flatMap((m) => [
        m.span,
        ...(m.content?.placeholders.map((p) => p.span) ?? []),
      ]),
      ...prompt.rows.map((r) => r.span),
      ...prompt.evaluators.map((e) => e.nameSpan),
    ];
    for (const { start, end } of spans)
      assert.ok(start >= 0 && start <= end && end <= text.length, JSON.stringify(text));
  }
});
