import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Arrangement,
  arrange,
  DEFAULT_ARRANGEMENT,
  SORTINGS,
} from '#client/prompts/arrange.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { workspacePrompt as prompt } from './prompts.ts';

/** Groups as `key: name, name`. */
function arranged(
  prompts: readonly WorkspacePrompt[],
  arrangement: Partial<Arrangement>,
  changedAt?: (prompt: WorkspacePrompt) => number,
): string[] {
  return arrange(prompts, { ...DEFAULT_ARRANGEMENT, ...arrangement }, changedAt).map(
    ({ key, prompts: members }) => `${key}: ${members.map(({ name }) => name).join(', ')}`,
  );
}

const prompts = [
  prompt('b/two.prompt.yaml', { owner: 'ops', tags: ['x', 'y'], costPerMonth: 3, warning: 1 }),
  prompt('a/one.prompt.yaml', {
    model: null,
    tokens: { count: 900, exact: true },
    costPerCall: 0.5,
  }),
  prompt('root.prompt.yaml', { owner: 'app', retirement: 'retired', cases: 0, error: 1 }),
  prompt('b/ten10.prompt.yaml', { costPerCall: null, tokens: null, info: 2 }),
  prompt('b/ten9.prompt.yaml', { costPerMonth: 70, retirement: 'retires' }),
];

test('groups come in order, those without a name last', () => {
  assert.deepEqual(arranged(prompts, { groupBy: 'folder' }), [
    '.: root',
    'a: one',
    'b: ten9, ten10, two',
  ]);
  assert.deepEqual(arranged(prompts, { groupBy: 'owner' }), [
    'app: root',
    'ops: two',
    'null: one, ten9, ten10',
  ]);
  assert.deepEqual(arranged(prompts, { groupBy: 'model' }), [
    'acme/chat: root, ten9, ten10, two',
    'null: one',
  ]);
});

test('a prompt with several tags stands under each', () => {
  assert.deepEqual(arranged(prompts, { groupBy: 'tag' }), [
    'x: two',
    'y: two',
    'null: one, root, ten9, ten10',
  ]);
});

test('what matters most comes first; unknown figures come last', () => {
  const flat = (sortBy: Arrangement['sortBy'], changedAt?: (one: WorkspacePrompt) => number) =>
    arranged(prompts, { groupBy: 'feature', sortBy }, changedAt)[0]?.replace('null: ', '');
  assert.equal(flat('cost'), 'ten9, two, one, root, ten10');
  assert.equal(flat('tokens'), 'one, ten9, two, root, ten10');
  assert.equal(flat('findings'), 'root, two, ten10, one, ten9');
  assert.equal(flat('name'), 'one, root, ten9, ten10, two');
  const age = new Map([
    ['one', 50],
    ['two', 10],
    ['root', 40],
    ['ten9', 20],
    ['ten10', 30],
  ]);
  assert.equal(
    flat('age', ({ name }) => age.get(name) ?? 0),
    'two, ten9, ten10, root, one',
  );
});

test('all active filters must match', () => {
  const shown = (...filters: Arrangement['filters']) =>
    arranged(prompts, { groupBy: 'feature', filters }).join().replace('null: ', '');
  assert.equal(shown('retired'), 'root, ten9');
  assert.equal(shown('untested'), 'root');
  assert.equal(shown('findings'), 'root, ten10, two');
  assert.equal(shown('findings', 'retired'), 'root');
  assert.deepEqual(arrange([], DEFAULT_ARRANGEMENT), []);
});

test('1,000 prompts are arranged within a frame', () => {
  const many = Array.from({ length: 1000 }, (_, i) =>
    prompt(`team${i % 40}/p${(i * 7919) % 1000}.prompt.yaml`, { costPerMonth: (i * 31) % 977 }),
  );
  const took = SORTINGS.map((sortBy) => {
    const start = cpuMs();
    const groups = arrange(many, { ...DEFAULT_ARRANGEMENT, sortBy });
    assert.equal(
      groups.reduce((sum, group) => sum + group.prompts.length, 0),
      1000,
    );
    return cpuMs() - start;
  });
  assert.ok(Math.min(...took) < 16, `${took}`);
});
