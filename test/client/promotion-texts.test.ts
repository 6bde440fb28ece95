import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describePolicyState,
  describeRefusal,
  parseApprovers,
} from '#client/registry/promotion-texts.ts';
import type { GateResult } from '#core/registry/promote.ts';

type Demands = GateResult['demands'];

function demand(name: Demands[number]['name'], met: boolean, text: string): Demands[number] {
  return { name, met, text };
}

const NO_EVAL = demand('eval', false, 'no eval of this content');
const UNAPPROVED = demand('approvals', false, '0 of 1 required approvals');

test('a refusal lists all unmet demands and offers what helps with each', () => {
  const lint = demand('lint', true, 'no findings');
  const { message, actions } = describeRefusal(
    'say@1.1.0',
    'production',
    { demands: [lint, NO_EVAL, UNAPPROVED] },
    true,
  );
  assert.equal(
    message,
    'Cannot promote say@1.1.0 to production: no eval of this content; 0 of 1 required approvals',
  );
  assert.deepEqual(actions, ['evaluate', 'approve', 'override']);
});

test('an eval is offered only where it would count, an approval only where one is missing', () => {
  const refuse = (demands: Demands, canEvaluate: boolean) =>
    describeRefusal('say@1.1.0', 'qa', { demands }, canEvaluate).actions;
  assert.deepEqual(refuse([NO_EVAL], false), ['override']);
  assert.deepEqual(refuse([UNAPPROVED], true), ['approve', 'override']);
  assert.deepEqual(refuse([NO_EVAL], true), ['evaluate', 'override']);
});

test('a label shows the first unmet demand of its policy', () => {
  assert.equal(
    describePolicyState({ demands: [NO_EVAL, UNAPPROVED] }),
    '$(error) no eval of this content',
  );
  assert.equal(
    describePolicyState({ demands: [demand('cost', true, 'as cheap')] }),
    '$(pass) policy satisfied',
  );
});

test('approvers are separated by commas; blanks are no names', () => {
  assert.deepEqual(parseApprovers(' ada, grace hopper,, '), ['ada', 'grace hopper']);
  assert.deepEqual(parseApprovers(' '), []);
});
