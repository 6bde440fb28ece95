import { testChecks } from '#test/support/check-rows.ts';

testChecks('consistent: the cases of a group get the same answer', [
  ['consistent', 'x', 'unmeasurable', /has no `\$case\.group`/],
  [
    'consistent',
    'Paris.',
    'pass',
    /all 2 answers/,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: 'paris' }] } } },
  ],
  [
    'consistent',
    'Paris',
    'fail',
    /1 of 2 .* different: "b"/,
    { score: 0.5, subject: { group: { missing: 0, others: [{ case: 'b', text: 'Rome' }] } } },
  ],
  [
    'consistent with: json',
    '{"a":1,"b":2}',
    'pass',
    null,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: '{"b":2,"a":1.0}' }] } } },
  ],
  [
    'consistent with: json',
    'no',
    'fail',
    /not JSON/,
    { subject: { group: { missing: 0, others: [{ case: 'b', text: 'no' }] } } },
  ],
  [
    'consistent',
    '{"v":"A","n":1}',
    'pass',
    null,
    {
      beside: 'transform: json:v',
      subject: { group: { missing: 0, others: [{ case: 'b', text: '{"v":"a","n":2}' }] } },
    },
  ],
  [
    'consistent',
    'Paris',
    'error',
    /^1 answer of the group is missing, which decide/,
    { subject: { group: { missing: 0, unanswered: 1, others: [{ case: 'b', text: 'paris' }] } } },
  ],
  [
    'consistent',
    'Paris',
    'fail',
    /1 of 2/,
    {
      score: 0.5,
      subject: { group: { missing: 0, unanswered: 1, others: [{ case: 'b', text: 'Rome' }] } },
    },
  ],
  [
    'consistent',
    'Paris',
    'pass',
    null,
    {
      beside: 'threshold: 0.6',
      subject: { group: { missing: 0, unanswered: 1, others: [{ case: 'b', text: 'paris' }] } },
    },
  ],
  [
    'consistent',
    'x',
    'unmeasurable',
    /--rescore/,
    { subject: { group: { missing: 1, others: [] } } },
  ],
  [
    'consistent',
    'x',
    'unmeasurable',
    /no other case/,
    { subject: { group: { missing: 0, others: [] } } },
  ],
]);
