import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseIcon,
  describeCases,
  describeFigures,
  describeFindings,
  describeGroup,
} from '#client/prompts/prompt-texts.ts';
import { workspacePrompt } from './prompts.ts';

test('a group shows how many prompts it has and what they cost per month', () => {
  const prompts = [
    workspacePrompt('a.prompt.yaml', { costPerMonth: 1.5 }),
    workspacePrompt('b.prompt.yaml', { costPerMonth: 2 }),
    workspacePrompt('c.prompt.yaml'),
  ];
  assert.equal(describeGroup({ prompts }), '3 · $3.50/month');
  assert.equal(describeGroup({ prompts: prompts.slice(2) }), '1');
});

test('a prompt shows tokens, its cost per month or else per call, and a retired model', () => {
  const figures = (change: Parameters<typeof workspacePrompt>[1]) =>
    describeFigures(workspacePrompt('a.prompt.yaml', change));
  assert.deepEqual(figures({}), ['100 tokens', '$0.001/call']);
  assert.deepEqual(figures({ costPerMonth: 12, tokens: { count: 1234, exact: false } }), [
    '≈ 1,234 tokens',
    '$12.00/month',
  ]);
  assert.deepEqual(figures({ tokens: null, costPerCall: null, retirement: 'retired' }), [
    'retired model',
  ]);
  assert.deepEqual(figures({ tokens: null, costPerCall: null, retirement: 'retires' }), [
    'retiring model',
  ]);
});

test('findings are counted in words; the icon is that of the worst', () => {
  const prompt = workspacePrompt('a.prompt.yaml', { error: 1, warning: 2, info: 1, hint: 4 });
  assert.deepEqual(describeFindings(prompt), ['1 error', '2 warnings', '1 note']);
  assert.equal(chooseIcon(prompt).icon, 'error');
  assert.equal(chooseIcon({ ...prompt, error: 0 }).icon, 'warning');
  assert.deepEqual(chooseIcon({ error: 0, warning: 0, info: 1 }), { icon: 'info' });
  assert.deepEqual(describeFindings({ error: 0, warning: 0, info: 0 }), []);
  assert.equal(chooseIcon({ error: 0, warning: 0, info: 0 }).icon, 'comment-discussion');
});

test('few golden cases say what they cannot detect, unless test files have more', () => {
  const cases = (count: number, hasTestFiles = false) =>
    describeCases(workspacePrompt('a.prompt.yaml', { cases: count, hasTestFiles }));
  assert.equal(cases(3), '3, too few to detect a change in pass rate');
  assert.equal(
    cases(10),
    '10, too few to detect a change in pass rate of less than about 71 points',
  );
  assert.equal(cases(20), '20');
  assert.equal(cases(0), '0');
  assert.equal(cases(3, true), '3');
});
