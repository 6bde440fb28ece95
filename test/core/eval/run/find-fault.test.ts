import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, ModelErrorKind, ModelPart } from '#core/eval/model.ts';
import type { ScoreEvent } from '#core/eval/run-event.ts';
import { collect, modelOf, ofKind, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, failure, start } from '../../../support/runs.ts';

/** Checks that an empty answer passes. */
const LENIENT = `
- { uses: promptsmith/not-icontains, with: sorry }
- { uses: promptsmith/not-refusal }
- { uses: promptsmith/length, with: { max: 400 } }
- { uses: promptsmith/prompt-leak }
- { uses: promptsmith/pii }
- { uses: promptsmith/secrets }`;

async function score(evaluators: string, part: ModelPart, compat = false): Promise<ScoreEvent> {
  const plan = planOf(promptText(evaluators), compat ? { compat: 'gh-models' } : {});
  const events = await collect(start(plan, portsOf(modelOf(() => part))));
  const [event] = ofKind(events, 'score');
  assert.ok(event);
  return event;
}

const outcome = async (evaluators: string, text: string, finishReason: Answer['finishReason']) => {
  const { outcome: found, fault } = await score(evaluators, end(text, { finishReason }));
  return fault ? `${found}: ${fault.code}` : found;
};

test('how an answer ended fails it, whatever its checks report', async () => {
  const table: readonly (readonly [string, Answer['finishReason'], string])[] = [
    ['fine', 'stop', 'passed'],
    ['fine', 'other', 'passed'],
    ['', 'length', 'failed: empty'],
    [' \n', 'stop', 'failed: empty'],
    ['', 'other', 'failed: empty'],
    ['and then it', 'length', 'failed: cut-off'],
    ['', 'tool', 'failed: tool-call'],
    ['', 'content-filter', 'failed: refused'],
  ];
  for (const [text, finish, expected] of table)
    assert.equal(await outcome(LENIENT, text, finish), expected, `${finish} ${text}`);
  const cut = await score(LENIENT, end('and then it', { finishReason: 'length' }));
  assert.equal(cut.score, 0);
  assert.equal(cut.fault?.message, 'cut off at the token limit');
  const thought = await score(LENIENT, end('', { finishReason: 'length' }));
  assert.equal(thought.fault?.message, 'empty answer: thinking used up the token limit');
});

test('an end that a weighted evaluator asks for is no fault', async () => {
  const table: readonly (readonly [string, string, Answer['finishReason'], string])[] = [
    ['- { uses: promptsmith/finish-reason, with: length }', 'and then', 'length', 'passed'],
    ['- { uses: promptsmith/finish-reason, with: [stop, tool] }', '', 'tool', 'passed'],
    [
      '- { uses: promptsmith/finish-reason, with: content-filter }',
      'x',
      'content-filter',
      'passed',
    ],
    ['- { uses: promptsmith/refusal }', '', 'content-filter', 'passed'],
    ['- { uses: promptsmith/equals, with: "" }', '', 'stop', 'passed'],
    ['- { uses: promptsmith/length, with: { max: 0 } }', '', 'stop', 'passed'],
    // A classifier whose limit is the length of its word.
    ['- { uses: promptsmith/equals, with: billing }', 'billing', 'length', 'passed'],
    ['- { uses: promptsmith/full-match, with: "a|b" }', 'a', 'length', 'passed'],
    ['- { name: j, string: { equals: billing } }', 'billing', 'length', 'passed'],
    ['- { uses: promptsmith/is-json }', '{"a":1}', 'length', 'passed'],
    [
      '- { uses: promptsmith/equals, with: billing, transform: lower }',
      'BILLING',
      'length',
      'passed',
    ],
    // Part of the answer is not the whole.
    [
      '- { uses: promptsmith/equals, with: b, transform: "regex:b" }',
      'abc',
      'length',
      'failed: cut-off',
    ],
    [
      '- { uses: promptsmith/equals, with: billing }\n- { uses: promptsmith/not-refusal }',
      'billing',
      'length',
      'failed: cut-off',
    ],
    ['- { uses: promptsmith/not-equals, with: x }', 'and then', 'length', 'failed: cut-off'],
    ['- { uses: promptsmith/not-finish-reason, with: stop }', 'x', 'length', 'failed: cut-off'],
    ['- { uses: promptsmith/length, with: { max: 3 } }', '', 'stop', 'failed: empty'],
    [
      '- { uses: promptsmith/finish-reason, with: length, weight: 0 }\n- { uses: promptsmith/not-refusal }',
      'and then',
      'length',
      'failed: cut-off',
    ],
  ];
  for (const [evaluators, text, finish, expected] of table)
    assert.equal(await outcome(evaluators, text, finish), expected, evaluators);
});

test('what the prompt itself is at fault for fails; what the provider is at fault for is missing', async () => {
  const of = async (kind: ModelErrorKind) => {
    const { outcome: found, fault } = await score(LENIENT, failure({ kind, message: 'why' }));
    return [found, fault?.message];
  };
  const rejected = ['failed', 'the request was refused: why'];
  assert.deepEqual(await of('context-length'), rejected);
  assert.deepEqual(await of('bad-request'), rejected);
  assert.deepEqual(await of('refused'), ['failed', 'the provider’s filter refused it']);
  for (const kind of [
    'auth',
    'quota',
    'not-found',
    'not-recorded',
    'network',
    'bad-answer',
  ] as const)
    assert.deepEqual(await of(kind), ['errored', undefined], kind);
  const expected = await score('- { uses: promptsmith/refusal }', failure({ kind: 'refused' }));
  assert.equal(expected.outcome, 'passed', 'a case may ask for a refusal');
});

test('gh-models keeps its own verdict', async () => {
  const cut = await score(
    '- { name: j, string: { contains: and } }',
    end('and then', { finishReason: 'length' }),
    true,
  );
  assert.deepEqual([cut.outcome, cut.fault], ['passed', undefined]);
});
