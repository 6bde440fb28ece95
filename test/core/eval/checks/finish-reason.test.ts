import { testChecks } from '#test/support/check-rows.ts';

testChecks('finish-reason: why the answer ended', [
  ['finish-reason', 'x', 'pass'],
  ['finish-reason with: length', 'x', 'fail', /ended with stop/],
  [
    'finish-reason with: [end_turn, max_tokens]',
    'x',
    'pass',
    null,
    { more: { finishReason: 'length' } },
  ],
  ['finish-reason with: tired', 'x', 'error', /not a finish reason/],
]);
