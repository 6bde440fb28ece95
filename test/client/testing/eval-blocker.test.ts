import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type EvalBlocker,
  FIX_LABELS,
  listFixes,
  toBlocker,
} from '#client/testing/eval-blocker.ts';
import { UserError } from '#core/user-error.ts';

test('each blocker has its fixes; recordings help where access is missing', () => {
  const fixes = (code: EvalBlocker['code'], hasRecordings: boolean) =>
    listFixes({ code, message: 'setting `promptsmith.budget.month`' }, hasRecordings);
  assert.deepEqual(fixes('key', false), ['set-key']);
  assert.deepEqual(fixes('key', true), ['set-key', 'replay']);
  assert.deepEqual(fixes('consent', false), ['allow-origin']);
  assert.deepEqual(fixes('consent', true), ['allow-origin', 'replay']);
  assert.deepEqual(fixes('month-setting', true), ['open-budget-setting']);
  // Whatever the message says: the code decides.
  for (const code of ['not-on-disk', 'no-cases', 'run-limit', 'month-budget', 'other'] as const)
    assert.deepEqual(fixes(code, true), [], code);
  assert.equal(new Set(Object.values(FIX_LABELS)).size, 4, 'a button tells its fix');
});

test('an error of planning blocks with its remedy as the code', () => {
  assert.deepEqual(toBlocker(new UserError('no key', 'key')), { code: 'key', message: 'no key' });
  assert.equal(toBlocker(new UserError('ask first', 'consent')).code, 'consent');
  assert.equal(toBlocker(new UserError('broken')).code, 'other');
});
