import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModelId } from '#core/models/model-id.ts';
import { SCHEDULES } from '#core/models/retirement-schedules.ts';
import { findRetirement, findSuccessor, getRetirementState } from '#core/models/retirements.ts';

const DAY = /^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** `[id, date, service, successor]`. */
const CASES: [string, string | null, string?, (string | null)?][] = [
  ['gpt-4', '2026-10-23', 'openai', 'gpt-5.6-sol'],
  ['openai/gpt-4o', '2027-01-14', 'openai', 'gpt-6-luna'],
  ['openai/gpt-4o-2024-05-13', '2026-10-23', 'openai', 'gpt-5.6-sol'],
  ['custom/openai/gpt-5', '2026-12-11', 'openai', 'gpt-6.1-sol'],
  ['azure/gpt-4o', '2026-10-01', 'azure', 'gpt-5.1'],
  [
    'azureml://registries/azure-openai/models/gpt-4o/versions/2024-08-06',
    '2026-10-01',
    'azure',
    'gpt-5.1',
  ],
  ['azure/cohere-command-r-08-2024', '2026-05-12', 'azure', null],
  ['claude-3-5-sonnet-20241022', '2025-10-28', 'anthropic', 'claude-sonnet-4-6'],
  ['anthropic/claude-3.5-sonnet', '2025-10-28', 'anthropic', 'claude-sonnet-4-6'],
  ['claude-2.1', '2025-07-21', 'anthropic', 'claude-opus-4-8'],
  ['gemini-2.5-pro', '2026-12-01', 'google', 'gemini-3.8-flash'],
  ['xai/grok-3', '2026-05-15', 'xai', 'grok-4.3'],
  ['mistral-ai/mistral-large-2411', '2026-05-31', 'mistral-ai', 'mistral-large-2512'],
  ['deepseek-chat', '2026-07-24', 'deepseek', 'deepseek-v4-flash'],
  ['github:openai/gpt-4o', '2026-07-30', 'github-models', null],
  ['github-models/meta/llama-3.3-70b-instruct', '2026-07-30', 'github-models', null],
  ['openai/gpt-5.6-sol', null],
  // Hosts set their own dates.
  ['openrouter/openai/gpt-4', null],
  // Bedrock keeps a model not much longer than its maker.
  [
    'bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0',
    '2025-10-28',
    'anthropic',
    'claude-sonnet-4-6',
  ],
  ['vertex_ai/claude-sonnet-4@20250514', '2026-06-15', 'anthropic', 'claude-sonnet-4-6'],
  ['ft:gpt-4o-mini-2024-07-18:acme::1', '2027-01-14', 'openai', 'gpt-6-luna'],
  ['gemini-1.5-flash-002', '2025-09-29', 'google', null],
  ['gpt-oss:20b', null],
  ['acme/gpt-4', null],
  ['auto', null],
];

for (const [id, date, service, successor] of CASES) {
  test(`${id} retires ${date ?? 'on no announced day'}`, () => {
    const retirement = findRetirement(parseModelId(id));
    assert.equal(retirement?.date ?? null, date);
    assert.equal(retirement?.service, service);
    if (date !== null) assert.equal(retirement?.successor, successor);
  });
}

test('the day itself is the first on which a model is gone', () => {
  const retirement = findRetirement(parseModelId('gpt-5'));
  assert.ok(retirement);
  assert.equal(getRetirementState(retirement, '2026-12-10'), 'retires');
  // The schedule was read before: the day may have moved.
  assert.equal(getRetirementState(retirement, '2026-12-11'), 'planned');
  const readLater = { ...retirement, checkedOn: '2026-12-11' };
  assert.equal(getRetirementState(readLater, '2026-12-11'), 'retired');
});

test('a successor that has gone too is followed to the one after it', () => {
  const retirement = findRetirement(parseModelId('gpt-4-32k'));
  assert.ok(retirement);
  assert.equal(findSuccessor(retirement, '2025-06-06'), 'gpt-4o');
  assert.equal(findSuccessor(retirement, '2027-01-14'), 'gpt-6-luna');
  const azure = findRetirement(parseModelId('azure/o3-mini'));
  assert.ok(azure);
  assert.equal(findSuccessor(azure, '2026-11-21'), null);
});

test('every entry has a day, a source and the day it was checked', () => {
  assert.ok(SCHEDULES.length >= 7);
  for (const { service, source, checkedOn, rows } of SCHEDULES) {
    assert.match(source, /^https:\/\/\S+$/, service);
    assert.match(checkedOn, DAY, service);
    assert.ok(rows.length > 0, service);
    for (const [date, successor, names] of rows) {
      assert.match(date, DAY, names);
      assert.ok(names.trim() !== '' && names === names.toLowerCase(), names);
      assert.ok(successor === null || /^\S+$/.test(successor), names);
    }
  }
});

test('no service lists a model twice, and no successor leads to an earlier day', () => {
  for (const { service, rows } of SCHEDULES) {
    const dates = new Map<string, string>();
    for (const [date, , names] of rows) {
      for (const name of names.split(/\s+/).filter(Boolean)) {
        assert.ok(!dates.has(name), `${service} lists ${name} twice`);
        dates.set(name, date);
      }
    }
    for (const [date, successor, names] of rows) {
      const next = successor === null ? undefined : dates.get(successor);
      assert.ok(next === undefined || next > date, `${service}: ${names} → ${successor}`);
    }
  }
});
