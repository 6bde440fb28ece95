import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPromptsTable } from '#client/prompts/prompts-table.ts';
import { describeSummary, formatSummary } from '#client/summary-text.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import type { PromptSummary } from '#core/protocol.ts';
import { workspacePrompt } from './prompts.ts';

const figure = { min: 1000, median: 1240, max: 3000 };

const report: TokenReport = {
  model: 'acme/chat',
  encoding: 'o200k_base',
  exact: true,
  tokens: {
    call: figure,
    static: 900,
    overhead: 11,
    cacheablePrefix: 800,
    messages: [],
    variables: {},
  },
  context: null,
  cost: {
    call: { min: 0.0001, median: 0.00031, max: 0.001 },
    output: { tokens: 40, basis: 'default' },
    most: 0.004,
    per1000: 0.31,
    goldenSet: null,
    perMonth: null,
    cache: null,
    batchUnknown: false,
  },
  prices: null,
};

function summary(change: Partial<PromptSummary>): PromptSummary {
  const none = { error: 0, warning: 0, info: 0, hint: 0 };
  return {
    path: 'a.prompt.yaml',
    promptId: 'a',
    rows: 1,
    report,
    isCounting: false,
    ...none,
    ...change,
  };
}

test('the status bar says tokens, cost and findings', () => {
  assert.equal(formatSummary(summary({})), '1,240 tokens · ≈ $0.00031/call · $(check)');
  assert.equal(
    formatSummary(summary({ error: 1, warning: 2, hint: 3 })),
    '1,240 tokens · ≈ $0.00031/call · $(error) 1 $(warning) 2',
  );
});

test('estimates and unknown prices are marked', () => {
  const estimated = { ...report, exact: false, cost: null };
  assert.equal(
    formatSummary(summary({ report: estimated })),
    '≈ 1,240 tokens · cost unknown · $(check)',
  );
  const nameless = { ...report, cost: null, model: null };
  assert.equal(formatSummary(summary({ report: nameless })), '1,240 tokens · $(check)');
  assert.equal(formatSummary(summary({ report: null, info: 1 })), '$(info) 1');
});

test('a screen reader hears words', () => {
  assert.equal(
    describeSummary(summary({ warning: 1, info: 2 })),
    'Prompt: 1,240 tokens, ≈ $0.00031/call, 1 warning, 2 notes',
  );
  assert.equal(describeSummary(summary({ report: null })), 'Prompt: no findings');
});

test('prompts are copied as a table that survives bars in names', () => {
  const table = formatPromptsTable([
    workspacePrompt('a|b.prompt.yaml', { costPerMonth: 71.5, warning: 2 }),
    workspacePrompt('c.prompt.yaml', {
      model: null,
      costPerCall: null,
      tokens: { count: 1240, exact: false },
    }),
  ]);
  assert.deepEqual(table.trimEnd().split('\n').slice(2), [
    '| a\\|b.prompt.yaml | acme/chat | 1 | 100 | $0.001 | $71.50 | 2 |',
    '| c.prompt.yaml |  | 1 | ≈ 1,240 | unknown |  | 0 |',
  ]);
});
