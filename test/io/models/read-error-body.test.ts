import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readErrorBody } from '#io/models/read-error-body.ts';

test('the message is found in every shape that servers use', () => {
  const table: [body: unknown, message: string][] = [
    [{ error: { message: 'no such model', code: 'x' } }, 'no such model'],
    [{ error: 'model is required' }, 'model is required'],
    [
      [{ error: { code: 400, message: 'Unknown name "seed"', status: 'INVALID_ARGUMENT' } }],
      'Unknown name "seed"',
    ],
    [
      {
        object: 'error',
        message: { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
      },
      'body.seed: Extra inputs are not permitted',
    ],
    [
      { detail: [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required' }] },
      'body.prompt: Field required',
    ],
    [{ detail: 'stream_options not supported' }, 'stream_options not supported'],
    [
      {
        error: [
          { loc: ['body', 'seed'], msg: 'not allowed' },
          { loc: ['body', 'n'], msg: 'too many' },
        ],
      },
      'body.seed: not allowed; body.n: too many',
    ],
    [{ errors: [{ message: 'bad field seed' }] }, 'bad field seed'],
    [
      { title: 'Validation failed', status: 422, errors: { seed: ['not allowed'] } },
      'Validation failed: seed: not allowed',
    ],
    [{ Message: 'Unable to parse' }, 'Unable to parse'],
    [{ statusCode: 404, message: 'Resource not found' }, 'Resource not found'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
    [
      {
        error: {
          message: 'Provider returned error',
          metadata: {
            raw: '{"error":{"message":"temperature must be 1"}}',
            provider_name: 'OpenAI',
          },
        },
      },
      'Provider returned error: OpenAI: temperature must be 1',
    ],
    [
      { error: { message: 'Provider returned error', metadata: { raw: 'busy' } } },
      'Provider returned error: busy',
    ],
    [{ fault: { faultstring: 'odd' } }, '{"fault":{"faultstring":"odd"}}'],
    ['404 page not found', '404 page not found'],
    ['', ''],
    [
      '<html><head><title>502 Bad Gateway</title><style>x{}</style></head><body><h1>nginx</h1></body></html>',
      '502 Bad Gateway. nginx',
    ],
  ];
  for (const [body, message] of table) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    assert.equal(readErrorBody(text).message, message, text);
  }
});

test('code, type and field come with it', () => {
  const { source: _, ...gemini } = readErrorBody(
    '[{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}]',
  );
  assert.deepEqual(gemini, { message: 'm', code: 'RESOURCE_EXHAUSTED' });
  const { source: __, ...openai } = readErrorBody(
    '{"error":{"message":"m","type":"invalid_request_error","param":"stream","code":"unsupported_value"}}',
  );
  assert.deepEqual(openai, {
    message: 'm',
    type: 'invalid_request_error',
    param: 'stream',
    code: 'unsupported_value',
  });
});

test('a hostile body is read at once', () => {
  const deep = `${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`;
  const started = performance.now();
  for (const body of [
    deep,
    '['.repeat(100_000),
    `<a${'<'.repeat(200_000)}`,
    `<title>${'<title>'.repeat(30_000)}`,
  ])
    readErrorBody(body);
  assert.ok(performance.now() - started < 500);
});
