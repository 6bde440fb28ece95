import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describePastRun,
  describeSessionCost,
  formatInlineAnswer,
  formatSeconds,
} from '#client/playground/answer-texts.ts';
import type { AnswerView } from '#client/playground/messages.ts';

test('an answer next to its golden case is one short line with cost and time', () => {
  assert.equal(
    formatInlineAnswer(' Hello,\n  Ada! ', 0.0002, 420),
    '“Hello, Ada!” · $0.0002 · 420 ms',
  );
  assert.equal(formatInlineAnswer('a', null, 1500), '“a” · unknown · 1.5 s');
  const long = formatInlineAnswer('x'.repeat(100), null, 0);
  assert.match(long, /^“x{59}…” /);
  assert.match(formatInlineAnswer('x'.repeat(60), null, 0), /^“x{60}” /);
});

test('invisible characters cannot change a line of the editor', () => {
  const inline = formatInlineAnswer('a\u202eb\u001b[31m', null, 0);
  assert.ok(inline.startsWith('“a⟦U+202E⟧b␛[31m” '), inline);
});

test('times are ms below one second', () => {
  assert.deepEqual([999.4, 1000, 61_000].map(formatSeconds), ['999 ms', '1.0 s', '61.0 s']);
});

test('a past run shows case, revision and models; answers and values can be searched', () => {
  const view = (error: string | null) => ({ error }) as AnswerView;
  const { description, detail } = describePastRun({
    case: 'in French',
    revision: null,
    models: ['acme/chat', 'lab/second'],
    values: { name: 'Ada', text: 'y'.repeat(400) },
    answers: [
      { view: view(null), text: 'Bonjour\n $(trash) !' },
      { view: view('no key'), text: '' },
    ],
  });
  assert.equal(description, 'in French · acme/chat · lab/second');
  assert.ok(detail.startsWith('Bonjour $\u200b(trash) ! · no key · name: Ada · text: yyy'), detail);
  assert.ok(detail.length < 400);
});

test('the status bar shows what calls cost, and that some costs are unknown', () => {
  assert.deepEqual(describeSessionCost({ calls: 1, unknown: 0, cost: 0.25 }), {
    text: '$(credit-card) $0.25',
    tooltip: 'Promptsmith spent $0.25 in 1 call since this window was opened.',
  });
  assert.deepEqual(describeSessionCost({ calls: 3, unknown: 2, cost: 0.25 }), {
    text: '$(credit-card) $0.25 + ?',
    tooltip:
      'Promptsmith spent $0.25 in 3 calls since this window was opened. The cost of 2 of them is unknown.',
  });
});
