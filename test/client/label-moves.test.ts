import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeMovedLabel, findMoves, selectMoves } from '#client/registry/label-moves.ts';
import type { LabelState } from '#core/registry/registry.ts';
import { moveTo } from '#test/support/registry.ts';

function state(version: string, n: number, by = 'grace', from: string | null = null): LabelState {
  return { ...moveTo(version, from, by), label: 'production', n };
}

test('the labels of a registry that is seen for the first time count as known', () => {
  const { seen, moved } = findMoves(undefined, [{ name: 'say', labels: [state('1.0.0', 3)] }]);
  assert.deepEqual(moved, []);
  assert.deepEqual(seen, { 'say@production': 3 });
});

test('a move is found once, and a label that is new counts as moved', () => {
  const prompts = [
    { name: 'say', labels: [state('1.0.0', 3)] },
    { name: 'tell', labels: [state('2.0.0', 1)] },
  ];
  const first = findMoves({ 'say@production': 2, 'gone@production': 7 }, prompts);
  assert.deepEqual(
    first.moved.map(({ name, move }) => [name, move.version]),
    [
      ['say', '1.0.0'],
      ['tell', '2.0.0'],
    ],
  );
  assert.deepEqual(findMoves(first.seen, prompts).moved, []);
  assert.equal(first.seen['gone@production'], 7);
});

test('of all moves of a label only the last one counts', () => {
  const labels = [state('1.0.0', 1), state('1.1.0', 2, 'grace', '1.0.0')];
  const { moved } = findMoves({}, [{ name: 'say', labels }]);
  assert.deepEqual(
    moved.map(({ move }) => move.version),
    ['1.1.0'],
  );
});

test('the setting and the author select the moves to notify of', () => {
  const moved = [
    { name: 'here', move: state('1.0.0', 1, 'grace') },
    { name: 'elsewhere', move: state('1.0.0', 1, 'grace') },
    { name: 'here', move: state('1.1.0', 2, 'ada') },
  ];
  const select = (scope: 'workspace' | 'all' | 'off') =>
    selectMoves(moved, 'ada', scope, new Set(['here'])).map(({ name }) => name);
  assert.deepEqual(select('workspace'), ['here']);
  assert.deepEqual(select('all'), ['here', 'elsewhere']);
  assert.deepEqual(select('off'), []);
});

test('a notification names label, prompt, versions and author, and the day unless it is today', () => {
  const move = state('1.1.0', 2, 'grace', '1.0.0');
  const describe = (now: string) => describeMovedLabel({ name: 'say', move }, new Date(now));
  const today = describe(move.at);
  assert.match(today, /^production of say: 1\.0\.0 → 1\.1\.0, moved by grace, [\d:]+( [AP]M)?$/);
  assert.match(describe('2026-12-24T10:00:00Z'), /, moved by grace, .*21/);
  assert.match(
    describeMovedLabel({ name: 'say', move: state('1.0.0', 1) }, new Date()),
    /^production of say: \(new\) → 1\.0\.0/,
  );
});
