import { testChecks } from '#test/support/check-rows.ts';

testChecks('secrets: keys, tokens and passwords', [
  ['secrets', 'Nothing to see, ghp_ is a prefix.', 'pass'],
  [
    'secrets',
    `Use ${'ghp'}_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}.`,
    'fail',
    /GitHub token ghp_…$/,
  ],
]);
