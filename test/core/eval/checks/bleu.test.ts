import { testChecks } from '#test/support/check-rows.ts';

testChecks('bleu: n-gram precision against the closest reference', [
  [
    'bleu with: the cat sat on the mat',
    'the the the cat sat',
    'fail',
    null,
    { score: 0.43542524047973125 },
  ],
  [
    'bleu with: [the parcel arrives on Monday, it will arrive on Monday]',
    'It arrives Monday',
    'fail',
    null,
    { score: 0.3280443278078623 },
  ],
  ['bleu with: Paris', 'Paris.', 'pass', null, { score: 1 }],
  ['bleu with: a b c', 'x y z', 'fail', null, { score: 0 }],
  ['bleu with: a b c', '', 'fail', null, { score: 0 }],
  ['bleu with: "!"', 'x', 'error', /no words/],
]);
