import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Projects } from '#app/prompt/project.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { PromptState } from '#client/playground/prompt-state.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { folderWith } from '#test/support/cli.ts';
import { tokenTables } from '#test/support/token-tables.ts';

const PROMPT = `model: lab/tiny
messages:
  - { role: system, content: Be kind. }
  - { role: user, content: "Hello {{name}}" }
testData: [{ name: Ada }, { name: Zoé, $case: { name: French } }]
`;

const knowledge = new PromptKnowledge('2026-11-21', createFileTokenizer(await tokenTables()));

async function stateOf(t: TestContext): Promise<PromptState> {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  return new PromptState(await readPromptInput(join(cwd, 'a.prompt.yaml'), cwd, new Projects(cwd)));
}

/** What the page is sent when a provider serves all models. */
function viewOf(state: PromptState, provider: string) {
  return state.buildView('a', knowledge, 'file:///a', (id) => ({
    id,
    provider,
    origin: `${provider}:`,
    model: id,
  }));
}

test('what is sent is shown as it is sent: VS Code’s own models know no system role', async (t) => {
  const state = await stateOf(t);
  const lab = await viewOf(state, 'lab');
  assert.deepEqual(lab.messages, [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Hello Ada' },
  ]);
  const own = await viewOf(state, 'vscode');
  assert.deepEqual(own.messages, [{ role: 'user', content: 'Be kind.\n\nHello Ada' }]);
});

test('the case, what was typed and the conversation make the messages', async (t) => {
  const state = await stateOf(t);
  state.choose('French');
  assert.equal((await viewOf(state, 'lab')).messages[1]?.content, 'Hello Zoé');
  state.type('name', 'Grace');
  state.turns = [
    { role: 'assistant', content: 'Hi.' },
    { role: 'user', content: 'Again' },
  ];
  const { messages, turns, problem, forecast } = await viewOf(state, 'lab');
  assert.deepEqual(
    messages.map(({ content }) => content),
    ['Be kind.', 'Hello Grace', 'Hi.', 'Again'],
  );
  assert.deepEqual([turns, problem], [2, null]);
  assert.match(forecast, /≈ \d+ tokens · cost unknown/);
  state.choose(null);
  assert.equal(state.turns.length, 0);
});
