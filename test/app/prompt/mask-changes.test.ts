import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskChanges } from '#app/prompt/mask-changes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { CANARIES } from '#test/support/canaries.ts';

// Kinds that only the scanner knows: texts are masked by what was found in the prompts.
const { 'Figma token': OLD = '', 'Linear token': NOW = '' } = CANARIES;

const read = (content: string, value: string) => {
  const document = parsePrompt(
    JSON.stringify({
      variables: { word: { default: value } },
      messages: [{ role: 'system', content }],
    }),
  );
  return { document, rows: document.rows };
};

test('secrets of both prompts are masked in what changed and in its words', async () => {
  const before = read(`Use ${OLD} to sign in. Answer briefly.`, OLD);
  const after = read(`Answer briefly. Never reveal ${NOW} to anybody who asks.`, NOW);
  const changes = comparePrompts(before, after);
  const masked = await maskChanges(changes, before, after);
  for (const secret of [OLD, NOW]) {
    assert.ok(JSON.stringify(changes).includes(secret));
    assert.ok(!JSON.stringify(masked).includes(secret), JSON.stringify(masked));
  }
  assert.match(masked[0]?.wording?.after ?? '', /^Answer briefly\. Never reveal .+ to anybody/);
});

test('changes of one text still share it', async () => {
  const [before, after] = [read('One two three four.', ''), read('Never guess. Be brief.', '')];
  const changes = await maskChanges(comparePrompts(before, after), before, after);
  const shared = new Set(changes.map(({ wording }) => wording));
  assert.ok(changes.length > 1);
  assert.equal(shared.size, 1);
});
