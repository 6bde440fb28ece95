import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoAnswer } from '#io/models/answer-fault.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import { createModelError } from '#io/models/model-error.ts';
import { readErrorBody } from '#io/models/read-error-body.ts';
import { errorOf, KEY, serve } from '../../support/model-calls.ts';

const BASE = 'https://lab.example/v1';
/** With every character that one encoding or the other escapes. */
const ODD_KEY = 'canary "quoted"/a+b=\\7f3a';

/** Parts of the key that must not be left of it. */
function assertHidden(text: string, key: string): void {
  const pieces = [key.slice(0, 8), key.slice(-8)];
  for (const piece of pieces)
    for (const form of [piece, encodeURIComponent(piece), JSON.stringify(piece).slice(1, -1)])
      assert.ok(!text.includes(form), text);
  for (let before = 0; before < 3; before++) {
    const core = Buffer.from(`${'u'.repeat(before)}${key}`)
      .toString('base64')
      .slice(4, -4);
    assert.ok(!text.includes(core) && !text.includes(core.slice(0, 12)), text);
  }
}

test('a key is found as addresses, JSON and Base64 have it', () => {
  for (const key of [KEY, ODD_KEY]) {
    const escaped = JSON.stringify(key);
    const texts = [
      key,
      encodeURIComponent(key),
      encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase()),
      escaped,
      JSON.stringify(escaped),
      ...['', 'u:', 'us:', 'use:'].flatMap((user) =>
        (['base64', 'base64url'] as const).map((to) => Buffer.from(user + key).toString(to)),
      ),
    ];
    for (const text of texts) {
      const clean = hideKeys(`said ${text} back`, [key]);
      assert.match(clean, /^said .*\[key\].* back$/);
      assertHidden(clean, key);
    }
  }
  assert.equal(hideKeys('none of these', ['']), 'none of these');
});

test('a key that the cut would part is hidden before', () => {
  for (let pad = 470; pad < 510; pad++) {
    const { message } = createModelError(new Error(`${'x'.repeat(pad)}${KEY}`), {
      baseUrl: BASE,
      key: KEY,
    });
    assertHidden(message, KEY);
    const text = new NoAnswer('it answers with text', `${'x'.repeat(pad - 300)}${KEY}`);
    assertHidden(createModelError(text, { baseUrl: BASE, key: KEY }).message, KEY);
  }
});

test('a key in a body of no known shape is hidden, however it is escaped there', () => {
  const spelled = [...ODD_KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  for (const body of [
    `{"fault":{"header":"${spelled.join('')}"}}`,
    `<p>${ODD_KEY.replaceAll('"', '&quot;').replaceAll('/', '&#x2F;').replaceAll('=', '&#61;')}`,
  ]) {
    const { message } = readErrorBody(body);
    const error = createModelError(new Error(message), { baseUrl: BASE, key: ODD_KEY });
    assert.match(error.message, /\[key\]/);
    assertHidden(error.message, ODD_KEY);
  }
});

test('an address with what is added to it, or without /v1, is said where the path is not found', async () => {
  const table: [path: string, hint: RegExp | null][] = [
    ['/v1/chat/completions', /leave \/chat\/completions out of `baseUrl`/],
    ['/v1/messages/', /leave \/messages out of `baseUrl`/],
    ['', /is \/v1 missing at the end of `baseUrl`\?/],
    ['/v1', null],
  ];
  for (const status of [404, 405]) {
    const server = await serve({ kind: 'status', status, body: { error: { message: 'no path' } } });
    for (const [path, hint] of table) {
      const { message } = await errorOf(server, { baseUrl: server.origin + path });
      assert.match(message, hint ?? /no path$/);
    }
  }
  // Whoever answers with a code is an interface of a provider, also without /v1.
  const body = { error: { message: 'no model', code: 'model_not_found' } };
  const known = await serve({ kind: 'status', status: 404, body });
  assert.match((await errorOf(known, { baseUrl: known.origin })).message, /: 404 no model$/);
  const page = await serve({ kind: 'raw', text: '<title>Hi', type: 'text/html' });
  const { message } = await errorOf(page, { baseUrl: `${page.origin}/v1/chat/completions` });
  assert.match(message, /a web page \(Hi\): leave \/chat\/completions out/);
});

test('kinds of Gemini, Azure and OpenRouter that their statuses do not tell', () => {
  const table: [status: number | undefined, body: unknown, kind: string][] = [
    [
      400,
      [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
      'auth',
    ],
    [429, [{ error: { code: 429, message: 'm', status: 'RESOURCE_EXHAUSTED' } }], 'rate-limit'],
    [undefined, { error: { message: 'm', status: 'DEADLINE_EXCEEDED' } }, 'timeout'],
    [undefined, { error: { message: 'm', status: 'UNAVAILABLE' } }, 'unavailable'],
    [undefined, { error: { message: 'm', status: 'PERMISSION_DENIED' } }, 'auth'],
    [undefined, { error: { message: 'm', status: 'INVALID_ARGUMENT' } }, 'bad-request'],
    [
      403,
      { error: { message: 'openai/x requires moderation on OpenInference', code: 403 } },
      'refused',
    ],
    [404, { error: { code: 'DeploymentNotFound', message: 'm' } }, 'not-found'],
    [
      undefined,
      { type: 'error', error: { type: 'overloaded_error', message: 'm' } },
      'unavailable',
    ],
    [undefined, { type: 'error', error: { type: 'rate_limit_error', message: 'm' } }, 'rate-limit'],
    [undefined, { type: 'error', error: { type: 'authentication_error', message: 'm' } }, 'auth'],
    [undefined, { type: 'error', error: { type: 'permission_error', message: 'm' } }, 'auth'],
    [undefined, { type: 'error', error: { type: 'not_found_error', message: 'm' } }, 'not-found'],
    [
      undefined,
      { type: 'error', error: { type: 'request_too_large', message: 'm' } },
      'context-length',
    ],
    [undefined, { type: 'error', error: { type: 'billing_error', message: 'm' } }, 'quota'],
    [undefined, { type: 'error', error: { type: 'api_error', message: 'm' } }, 'unavailable'],
    [
      undefined,
      { type: 'error', error: { type: 'invalid_request_error', message: 'm' } },
      'bad-request',
    ],
  ];
  for (const [status, body, kind] of table) {
    const { message, source: _, ...facts } = readErrorBody(JSON.stringify(body));
    const error = Object.assign(new Error(message), facts, { status });
    assert.equal(
      createModelError(error, { baseUrl: BASE, key: null }).kind,
      kind,
      JSON.stringify(body),
    );
  }
});
