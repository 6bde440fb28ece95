import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSinglePromptError, readChangedPrompts } from '#client/registry/changed-prompts.ts';
import type { RegistrySession } from '#client/registry/session.ts';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import { moveTo, recordOf, sampleBundle } from '#test/support/registry.ts';

const record = recordOf(sampleBundle('hello'), '1.0.0', null);

/** A registry that has `say`, and fails for the others as told. */
function sessionWith(failures: Readonly<Record<string, Error>>): {
  readonly session: RegistrySession;
  readonly calls: string[];
} {
  const calls: string[] = [];
  const registry = {
    async versions(name: string) {
      calls.push(name);
      if (failures[name]) throw failures[name];
      return name === 'say' ? [record] : [];
    },
    async moves() {
      return [{ ...moveTo('1.0.0', null), label: 'production', n: 1 }];
    },
    async list() {
      calls.push('list');
      return [
        { name: 'say', labels: [] },
        { name: 'other', labels: [] },
      ];
    },
  } as unknown as Registry;
  return { session: { registry } as RegistrySession, calls };
}

test('only the named prompts are read, and those that are gone are left out', async () => {
  const { session, calls } = sessionWith({});
  const found = await readChangedPrompts(session, new Set(['say', 'gone']));
  assert.deepEqual(
    found.map(({ name, labels }) => [name, labels.map(({ label }) => label)]),
    [['say', ['production']]],
  );
  assert.deepEqual(calls, ['say', 'gone']);
});

test('many names, or any, are read all together', async () => {
  const { session, calls } = sessionWith({});
  assert.equal((await readChangedPrompts(session, null)).length, 2);
  const many = new Set(['say', ...Array.from({ length: 50 }, (_, i) => `p${i}`)]);
  const found = await readChangedPrompts(session, many);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['say'],
  );
  assert.deepEqual(calls, ['list', 'list']);
});

test('a prompt that cannot be read does not hide the others; a lost registry is an error', async () => {
  const torn = new RegistryError('corrupt', 'torn@1.0.0 is not JSON');
  const { session } = sessionWith({ torn });
  const found = await readChangedPrompts(session, new Set(['torn', 'say']));
  assert.deepEqual(
    found.map(({ name, problem }) => [name, problem]),
    [
      ['torn', 'torn@1.0.0 is not JSON'],
      ['say', undefined],
    ],
  );
  const lost = new RegistryError('unreachable', 'the server does not answer');
  await assert.rejects(
    readChangedPrompts(sessionWith({ say: lost }).session, new Set(['say'])),
    lost,
  );
  assert.equal(isSinglePromptError(lost), false);
  assert.equal(isSinglePromptError(new Error('corrupt')), false);
});
