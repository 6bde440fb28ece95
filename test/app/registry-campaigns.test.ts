import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateAsking } from '#test/support/campaigns/asking-again.ts';
import { runCampaign } from '#test/support/campaigns/campaign.ts';

// `npm run bench -- campaigns` runs 200 of them.
test('nothing that goes wrong moves a label on unfit evidence; what is fit moves it', async () => {
  const found = { moves: 0, refused: 0 };
  for (const seed of [4, 6, 7, 9]) {
    const { violations, moves, attempts } = await runCampaign({
      ...{ seed, cases: 25, repeat: 1, margin: 0.1, kills: seed === 9 },
      gate: seed === 6 ? 'non-inferior' : 'no-regression',
    });
    assert.deepEqual(violations, []);
    found.moves += moves;
    found.refused += attempts - moves;
  }
  assert.ok(found.moves >= 3, `${found.moves} moves`);
  assert.ok(found.refused >= 4, `${found.refused} refusals`);
});

test('asking again does not move a worse version more often than asking once', () => {
  const common = { cases: 50, repeat: 1, margin: 0.1, change: -0.1, asks: 6, trials: 60 } as const;
  const { once, naive, again } = simulateAsking({ ...common, about: 'inputs', seed: 9 });
  for (const preset of ['non-inferior', 'no-regression'] as const)
    assert.ok(naive[preset] > once[preset], `${preset}: without a correction it does`);
  assert.ok(again['non-inferior'] <= once['non-inferior'] + 1);
  assert.equal(again['no-regression'], once['no-regression']);
});
