import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listModels } from '#app/models/list-models.ts';
import { KEY, serve } from '../../support/model-calls.ts';

const { signal } = new AbortController();

test('the models that an endpoint serves', async () => {
  for (const body of [
    { object: 'list', data: [{ id: 'a' }, { id: 'b' }, null] },
    [{ id: 'a' }, { id: 'b' }],
  ]) {
    const server = await serve({
      kind: 'raw',
      type: 'application/json',
      text: JSON.stringify(body),
    });
    assert.deepEqual(await listModels({ baseUrl: server.baseUrl, key: KEY }, signal), {
      ids: ['a', 'b'],
    });
    assert.equal(server.requests[0]?.path, '/v1/models');
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${KEY}`);
  }
});

test('a key that is refused, a redirect, nonsense and nobody there are errors without the key', async () => {
  const location = { location: 'http://127.0.0.1:9/' };
  const table = [
    [
      { kind: 'status', status: 401, body: { error: { message: `no ${KEY}` } } },
      'auth',
      /refuses the key/,
    ],
    [{ kind: 'status', status: 302, headers: location }, 'bad-answer', /redirects/],
    [{ kind: 'raw', text: '<html>' }, 'bad-answer', /./],
  ] as const;
  for (const [reply, kind, message] of table) {
    const server = await serve(reply);
    const answer = await listModels({ baseUrl: server.baseUrl, key: KEY }, signal);
    assert.ok('error' in answer);
    assert.equal(answer.error.kind, kind);
    assert.match(answer.error.message, message);
    assert.ok(!answer.error.message.includes(KEY));
  }
  const gone = await serve({ kind: 'nothing' });
  await gone.close();
  const answer = await listModels({ baseUrl: gone.baseUrl, key: KEY }, signal);
  assert.match('error' in answer ? answer.error.message : '', /cannot be reached/);
});
