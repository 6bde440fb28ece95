import { testChecks } from '#test/support/check-rows.ts';

testChecks('cost and latency: limits of a call', [
  ['cost with: 0.002', 'x', 'pass', /\$0\.00100/],
  ['cost with: { threshold: 0.0005 }', 'x', 'fail'],
  ['cost', 'x', 'error', /threshold/],
  ['cost', 'x', 'pass', null, { beside: 'threshold: 0.002' }],
  ['cost with: 0.002', 'x', 'unmeasurable', /price/, { subject: { cost: null } }],
  ['latency with: 20', 'x', 'pass', /12 ms/],
  ['latency with: 10', 'x', 'fail'],
  ['latency with: 10', 'x', 'unmeasurable', /stored/, { subject: { cached: true } }],
  ['not-latency with: 10', 'x', 'unmeasurable', /stored/, { subject: { cached: true } }],
]);
