import { testChecks } from '#test/support/check-rows.ts';

testChecks('pii: personal data', [
  [
    'pii',
    'Write to ann.lee@mail.acme.io or call +49 30 9018 2345.',
    'fail',
    /email an…io, phone \+4…45/,
  ],
  ['pii', 'Write to ann@example.com or call (212) 555-0123.', 'pass'],
  ['pii with: { types: [phone] }', 'ann.lee@mail.acme.io', 'pass'],
  ['pii with: { allow: [ANN.lee@mail.acme.io] }', 'ann.lee@mail.acme.io', 'pass'],
  ['pii with: { types: [shoe] }', 'x', 'error', /not a type/],
  ['not-pii', 'ann.lee@mail.acme.io', 'pass'],
]);
