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

test('Anthropic’s list comes in pages', async () => {
  const page = (id: string, has_more: boolean) =>
    ({
      kind: 'raw',
      type: 'application/json',
      text: JSON.stringify({ data: [{ type: 'model', id }], has_more, first_id: id, last_id: id }),
    }) as const;
  const server = await serve(page('a', true), page('b', false));
  const api = 'messages';
  assert.deepEqual(await listModels({ baseUrl: server.baseUrl, key: KEY, api }, signal), {
    ids: ['a', 'b'],
  });
  assert.deepEqual(
    server.requests.map(({ path }) => path),
    ['/v1/models?limit=1000', '/v1/models?limit=1000&after_id=a'],
  );
  const [first] = server.requests;
  assert.equal(first?.headers['x-api-key'], KEY);
  assert.equal(first?.headers['anthropic-version'], '2023-06-01');
  assert.equal(first?.headers.authorization, undefined);
  // One that says the same page for ever is left.
  const stuck = await serve(page('a', true));
  const query = { v: '1' };
  const answer = await listModels({ baseUrl: stuck.baseUrl, key: null, api, query }, signal);
  assert.deepEqual([answer, stuck.requests.length], [{ ids: ['a', 'a'] }, 2]);
  assert.equal(stuck.requests[0]?.path, '/v1/models?v=1&limit=1000');
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
    [{ kind: 'raw', text: '<title>Sign in' }, 'bad-answer', /a web page \(Sign in\).*\/v1 missing/],
    [{ kind: 'raw', text: '{"object":"list"}' }, 'bad-answer', /JSON of another kind/],
    [
      { kind: 'raw', text: '{"detail":"no such tenant","status":404}' },
      'not-found',
      /no such tenant/,
    ],
    [{ kind: 'status', status: 422, body: { detail: 'no header' } }, 'bad-request', /no header/],
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
