import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccessLookup, findUnready } from '#client/run/find-unready.ts';
import { UserError } from '#core/user-error.ts';

type Binding = ReturnType<AccessLookup['binding']>;

const consent = { origin: 'https://gateway.example', key: 'GATEWAY_KEY', root: '/w' };

/** Providers and what is known about their keys. */
function accessTo(bindings: Readonly<Record<string, Binding>>): AccessLookup {
  return {
    target: (id) => {
      const [provider = '', model = ''] = id.split('/');
      return provider === 'nobody'
        ? { error: 'nobody serves nobody/x' }
        : { id, provider, model, origin: `https://${provider}.example` };
    },
    hosted: (provider) =>
      provider === 'vscode' ? ({} as ReturnType<AccessLookup['hosted']>) : undefined,
    binding: (provider) => bindings[provider] ?? { kind: 'none' },
    addresses: () =>
      [
        { name: 'lab', origin: 'https://lab.example', baseUrl: 'https://lab.example/v1' },
      ] as unknown as ReturnType<AccessLookup['addresses']>,
  };
}

test('models with a key, without need of one, and of VS Code itself can be called', () => {
  const key = { kind: 'key', value: 'secret' } as unknown as Binding;
  const access = accessTo({ acme: key, vscode: { kind: 'missing', message: 'no key' } as Binding });
  assert.equal(findUnready(access, ['acme/a', 'local/b', 'vscode/copilot']), null);
});

test('the first model without a key names its origin and the address of its interface', () => {
  const missing = { kind: 'missing', message: 'no key' } as Binding;
  const access = accessTo({ lab: missing, other: missing });
  assert.deepEqual(findUnready(access, ['fine/a', 'lab/b', 'other/c']), {
    kind: 'key',
    origin: 'https://lab.example',
    baseUrl: 'https://lab.example/v1',
  });
  assert.deepEqual(findUnready(access, ['other/c']), {
    kind: 'key',
    origin: 'https://other.example',
    baseUrl: 'https://other.example',
  });
});

test('a key that would go to an address of the project needs consent first', () => {
  const access = accessTo({ gateway: { kind: 'needs-consent', consent } as unknown as Binding });
  assert.deepEqual(findUnready(access, ['gateway/a']), { kind: 'consent', consent });
});

test('a model or provider that nobody knows is an error for the user', () => {
  const unknown = { kind: 'unknown', message: 'no provider is called labs' } as Binding;
  const access = accessTo({ labs: unknown });
  assert.throws(() => findUnready(access, ['nobody/x']), new UserError('nobody serves nobody/x.'));
  assert.throws(
    () => findUnready(access, ['labs/x']),
    new UserError('no provider is called labs.'),
  );
});
