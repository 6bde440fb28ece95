import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Uri } from 'vscode';
import { describeNode } from '#client/registry/node-texts.ts';
import type { LabelState } from '#core/registry/registry.ts';
import { moveTo, recordOf, sampleBundle } from '#test/support/registry.ts';

const record = recordOf(sampleBundle('hello'), '1.1.0', '1.0.0');

function label(name: string, version: string, more: Partial<LabelState> = {}): LabelState {
  return { ...moveTo(version, null), label: name, n: 1, ...more };
}

test('a prompt shows its labels, and in the tooltip who moved them and how', () => {
  const labels = [
    label('production', '1.1.0', { split: { '1.0.0': 20 } }),
    label('qa', '1.0.0', { override: 'outage' }),
    label('beta', '1.0.0', { rollback: true }),
  ];
  const shown = describeNode({ kind: 'prompt', prompt: { name: 'say', labels } }, false);
  assert.equal(shown.description, 'production 1.1.0 · qa 1.0.0 · beta 1.0.0');
  assert.deepEqual(shown.tooltip.split('\n'), [
    'say',
    'production: 1.1.0 + 20 % 1.0.0, ada, 2026-11-21',
    'qa: 1.0.0, ada, 2026-11-21, policy overridden',
    'beta: 1.0.0, ada, 2026-11-21, rolled back',
  ]);
  assert.deepEqual([shown.icon, shown.context], ['comment-discussion', 'prompt']);
});

test('a prompt that cannot be read shows why', () => {
  const prompt = { name: 'torn', labels: [], problem: 'torn@1.0.0 is not JSON' };
  const shown = describeNode({ kind: 'prompt', prompt }, true);
  assert.deepEqual(
    [shown.icon, shown.tooltip, shown.context],
    ['warning', 'torn@1.0.0 is not JSON', 'prompt here'],
  );
});

test('a working copy shows whether it differs from the released version', () => {
  const uri = { fsPath: '/w/say.prompt.yaml' } as Uri;
  const node = { kind: 'working', name: 'say', uri, against: 'production 1.0.0' } as const;
  const same = describeNode({ ...node, differs: null }, true);
  assert.deepEqual([same.description, same.icon], ['same as production 1.0.0', 'check']);
  const other = describeNode({ ...node, differs: 'prompt' }, true);
  assert.deepEqual(
    [other.description, other.icon, other.context],
    ['differs from production 1.0.0: prompt', 'edit', 'working'],
  );
  assert.equal(other.tooltip, 'differs from production 1.0.0: prompt\n/w/say.prompt.yaml');
});

test('a version shows labels, eval and change; the one in production has an icon of its own', () => {
  const node = {
    kind: 'version',
    name: 'say',
    record,
    labels: ['production'],
    eval: null,
  } as const;
  const released = describeNode({ ...node, eval: { passed: 46, checked: 50 } }, true);
  assert.equal(released.description, 'production · 46/50 · version 1.1.0');
  assert.deepEqual([released.icon, released.context], ['rocket', 'version here']);
  assert.match(
    released.tooltip,
    /^say@1\.1\.0\nada, 2026-11-21 09:30\nlast eval 46\/50\nthe wording/,
  );
  const bare = describeNode({ ...node, labels: [] }, false);
  assert.deepEqual([bare.description, bare.icon], ['version 1.1.0', 'tag']);
  assert.match(bare.tooltip, /no eval attached/);
});
