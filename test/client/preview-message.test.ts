import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPreviewMessage, type PreviewSource } from '#client/preview/preview-message.ts';
import type { PromptSummary, RenderedPrompt } from '#core/protocol.ts';

const target = { uri: 'file:///a.prompt.yaml', title: 'a.prompt.yaml' };

function rendered(id: string | null): RenderedPrompt {
  const cases = id === null ? [] : [id];
  return { version: 1, case: id, cases, caseNames: cases, messages: [] };
}

/** A server that knows these cases; the first one is rendered unless another is named. */
function sourceWith(cases: readonly string[], change: Partial<PreviewSource> = {}) {
  const asked: (string | undefined)[] = [];
  const source: PreviewSource = {
    render: async (id) => {
      asked.push(id);
      if (id !== undefined && !cases.includes(id)) return null;
      return rendered(id ?? cases[0] ?? null);
    },
    summarize: async () => null,
    isRunning: () => true,
    ...change,
  };
  return { source, asked };
}

test('the selected case is shown', async () => {
  const { source, asked } = sourceWith(['one', 'two']);
  const shown = await createPreviewMessage({ ...target, case: 'two' }, source);
  assert.deepEqual(shown, { kind: 'prompt', ...target, prompt: rendered('two'), medianCall: '' });
  assert.deepEqual(asked, ['two']);
});

test('a case that was renamed is replaced by the first one', async () => {
  const { source, asked } = sourceWith(['one']);
  const shown = await createPreviewMessage({ ...target, case: 'gone' }, source);
  assert.equal(shown?.kind === 'prompt' && shown.prompt.case, 'one');
  assert.deepEqual(asked, ['gone', undefined]);
});

test('a file that is not a prompt shows why; without a server the page stays', async () => {
  const nothing = { render: async () => null };
  assert.deepEqual(
    await createPreviewMessage({ ...target, case: undefined }, sourceWith([], nothing).source),
    { kind: 'nothing', reason: 'a.prompt.yaml is not a prompt file.' },
  );
  const away = sourceWith([], { ...nothing, isRunning: () => false }).source;
  assert.equal(await createPreviewMessage({ ...target, case: undefined }, away), undefined);
});

test('the figures are those of the median call', async () => {
  const report = {
    model: 'acme/chat',
    exact: true,
    tokens: { call: { min: 1, median: 1240, max: 2 } },
    cost: { call: { median: 0.0003 }, output: { basis: 'default' } },
  };
  const summarize = async () => ({ report }) as unknown as PromptSummary;
  const { source } = sourceWith(['one'], { summarize });
  const shown = await createPreviewMessage({ ...target, case: undefined }, source);
  assert.equal(shown?.kind === 'prompt' && shown.medianCall, '1,240 tokens · ≈ $0.0003/call');
});
