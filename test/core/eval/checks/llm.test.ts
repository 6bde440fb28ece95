import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckContext } from '#core/eval/checks/check.ts';
import { createFenceMark, explainFence } from '#core/eval/checks/fence.ts';
import { judge } from '#test/support/evals.ts';
import { replying } from '#test/support/judge-replies.ts';

const LLM = `- name: polite
  llm:
    modelId: openai/gpt-4o
    systemPrompt: You judge {{input}}.
    prompt: "{{input}} → {{completion}}"
    choices: [{ choice: good, score: 1 }, { choice: poor, score: 0.25 }, { choice: bad, score: 0 }]`;

test('llm asks its model and takes the score of the choice', async () => {
  for (const [reply, passed, score] of [
    ['good', true, 1],
    ['poor', true, 0.25],
    ['bad', false, 0],
  ] as const) {
    const { asked, context } = replying(reply);
    const [result] = await judge({ evaluators: LLM, answer: 'Well, {{input}}', context });
    const mark = createFenceMark('polite', 'Well, {{input}}');
    assert.equal(result?.passed, passed);
    assert.equal(result?.score, score);
    assert.equal(result?.cost, 0.01);
    assert.deepEqual(asked, [
      {
        model: 'openai/gpt-4o',
        messages: [
          { role: 'system', content: `You judge {{input}}.\n\n${explainFence(mark)}` },
          {
            role: 'user',
            content: `hello → \n--- ANSWER ${mark} ---\nWell, {{input}}\n--- END OF ANSWER ${mark} ---\n`,
          },
        ],
      },
    ]);
  }
});

test('llm with a threshold asks for that score', async () => {
  const { context } = replying('poor');
  const [result] = await judge({ evaluators: `${LLM}\n  threshold: 0.5`, answer: 'x', context });
  assert.equal(result?.passed, false);
});

test('a judge that names no choice, or does not answer, is an error and no 0', async () => {
  const { context } = replying('I cannot say');
  const [mute] = await judge({ evaluators: LLM, answer: 'x', context });
  assert.match(mute?.error ?? '', /named none of the choices \(good, poor, bad\): I cannot say/);
  assert.equal(mute?.score, null);
  assert.equal(mute?.cost, 0.02, 'it is asked twice');
  const [gone] = await judge({
    evaluators: LLM,
    answer: 'x',
    context: { ask: async () => ({ error: 'the judge is gone', cost: null }) },
  });
  assert.equal(gone?.error, 'the judge is gone');
});

test('a reply that names two choices is asked for again', async () => {
  const asked: string[] = [];
  const replies = ['good or bad', 'good'];
  const ask: CheckContext['ask'] = async (_, messages) => {
    asked.push(messages.at(-1)?.content ?? '');
    return { text: replies[asked.length - 1] ?? '', cost: 0.01 };
  };
  const [result] = await judge({ evaluators: LLM, answer: 'x', context: { ask } });
  assert.deepEqual([result?.score, result?.cost], [1, 0.02]);
  assert.equal(
    asked[1],
    'Your reply cannot be read. Reply with one of the choices and nothing else: good, poor, bad.',
  );
  const { context } = replying('good or bad');
  const [torn] = await judge({ evaluators: LLM, answer: 'x', context });
  assert.equal(torn?.error, 'the judge named 2 choices (good, bad): good or bad');
});

test('llm says what its configuration lacks', async () => {
  const wrong: [string, RegExp][] = [
    ['- llm: { prompt: "{{completion}}", choices: [{ choice: a, score: 1 }] }', /modelId/],
    ['- llm: { modelId: m, choices: [{ choice: a, score: 1 }] }', /`prompt`/],
    ['- llm: { modelId: m, prompt: "{{completion}}" }', /`choices`/],
    [
      '- llm: { modelId: m, prompt: "{{nope}}", choices: [{ choice: a, score: 1 }] }',
      /\{\{nope\}\}/,
    ],
  ];
  for (const [evaluators, expected] of wrong) {
    const [result] = await judge({ evaluators, answer: 'x', context: replying('a').context });
    assert.match(result?.error ?? '', expected);
  }
});
