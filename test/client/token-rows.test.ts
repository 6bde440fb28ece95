import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTokenRows } from '#client/commands/token-rows.ts';
import type { TokenReport } from '#core/models/token-report.ts';

const even = (median: number) => ({ min: median, median, max: median });

const report: TokenReport = {
  model: 'acme/chat',
  encoding: 'o200k_base',
  exact: true,
  tokens: {
    call: { min: 80, median: 100, max: 120 },
    static: 60,
    overhead: 10,
    cacheablePrefix: 50,
    messages: [
      { role: 'system', total: even(50) },
      { role: null, total: { min: 20, median: 40, max: 60 } },
    ] as unknown as TokenReport['tokens']['messages'],
    variables: { name: even(25) },
  },
  context: null,
  cost: null,
  prices: null,
};

test('the breakdown shows the call, each message and variable with its share, and the overhead', () => {
  const rows = listTokenRows(report).map(({ label, description }) => `${label}: ${description}`);
  assert.deepEqual(rows, [
    'Call: 80 / 100 / 120 tokens',
    '$(comment) 1. system: 50 · 50 %',
    '$(comment) 2. message: 20 / 40 / 60 · 40 %',
    '$(symbol-variable) {{name}}: 25 · 25 %',
    'Chat overhead: ≈ 10 · 10 %',
    'Cacheable prefix: 50',
    'Cost per call: cost unknown',
  ]);
});

test('only messages lead to the editor', () => {
  const targets = listTokenRows(report).flatMap(({ message }) => message ?? []);
  assert.deepEqual(targets, [0, 1]);
});

test('estimates are marked, and a prompt without a model has no cost', () => {
  const [call, ...rest] = listTokenRows({ ...report, exact: false, model: null });
  assert.match(call?.description ?? '', /^≈ /);
  assert.equal(rest.at(-1)?.description, 'unknown: no model set');
});

test('known costs and the context window are shown', () => {
  const rows = listTokenRows({
    ...report,
    context: { share: 0.05, window: 128_000 } as TokenReport['context'],
    cost: {
      call: even(0.002),
      output: { tokens: 40, basis: 'runs' },
      most: 0.03,
      per1000: 2,
      goldenSet: 0.04,
      perMonth: 60,
      cache: null,
      batchUnknown: false,
    },
  }).map(({ label, description }) => `${label}: ${description}`);
  assert.deepEqual(rows.slice(-5), [
    'Context window: 5 % of 128k',
    'Cost per call: ≈ $0.002 (40 tokens of answer, the mean of earlier runs), at most $0.03',
    'Cost per 1,000 calls: ≈ $2.00',
    'Cost of the golden set: ≈ $0.04',
    'Cost per month: ≈ $60.00',
  ]);
});
