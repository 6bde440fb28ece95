import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Knowledge } from '#server/analysis.ts';
import { DEFAULT_EDITOR_SETTINGS } from '#server/editor-settings.ts';
import { buildInlayHints } from '#server/features/inlay-hint.ts';
import { type AnalysisOptions, analyze, loadKnowledge } from '#test/support/analysis.ts';
import { WEATHER } from '#test/support/sample-prompts.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

const ALL = { tokens: true, cost: true, context: true, testRows: true, quality: true };
const hints = (text: string, settings = ALL, options: AnalysisOptions = {}): string[] => {
  const { analysis } = analyze(text, { knowledge, ...options });
  const found = buildInlayHints(analysis, settings, { start: 0, end: text.length });
  return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
};

test('hints appear beside the model, the messages and the rows', () => {
  assert.deepEqual(hints(WEATHER), [
    '0:32 21–23 tokens/call · ≈ $0.00018/call · < 0.1 % of 128k',
    '10:16 3 tokens',
    '12:14 7–9 tokens',
    '16:14 21 tokens',
    '17:24 23 tokens',
    '18:15 21 tokens',
  ]);
});

test('each kind of hint can be turned off, and only the shown part is answered', () => {
  const off = { tokens: false, cost: false, context: false, testRows: false, quality: false };
  assert.deepEqual(hints(WEATHER, off), []);
  assert.deepEqual(hints(WEATHER, { ...off, cost: true }), ['0:32 ≈ $0.00018/call']);
  assert.deepEqual(hints(WEATHER, { ...off, context: true }), ['0:32 < 0.1 % of 128k']);
  assert.equal(hints(WEATHER, DEFAULT_EDITOR_SETTINGS.hints).length, 3);
  const { analysis } = analyze(WEATHER, { knowledge });
  assert.equal(buildInlayHints(analysis, ALL, { start: 0, end: 40 }).length, 1);
  assert.match(
    JSON.stringify(buildInlayHints(analysis, ALL, { start: 0, end: 40 })),
    /Static text.*Cacheable prefix.*genai-prices/,
  );
});

test('estimates are marked; unknown costs and counts are omitted', () => {
  assert.match(
    hints(WEATHER.replace('openai/gpt-4o-mini', 'nobody/nothing')).join('\n'),
    /^0:\d+ ≈ 21–23 tokens\/call\n10:16 ≈ 3/,
  );
  assert.deepEqual(hints(WEATHER, ALL, { knowledge: { ...knowledge, counter: null } }), []);
  assert.match(
    hints('messages:\n  - role: user\n    content: hi\n').join(),
    /0:9 ≈ 8 tokens\/call/,
  );
});
