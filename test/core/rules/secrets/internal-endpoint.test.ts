import { test } from 'node:test';
import { internalEndpoint } from '#core/rules/secrets/internal-endpoint.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('addresses inside a private network', () => {
  checkRule(
    internalEndpoint,
    `${file('Ask http://10.20.0.7:8080/orders first.')}                 ^^^^^^^^^^^^^^^^^^^^^ info: 10.20.0.7 is an internal address, which users can make the model reveal\n`,
  );
  checkRule(
    internalEndpoint,
    `${file('See https://wiki.acme.internal/x')}                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ info:\n`.replace(
      '                 ^',
      '                 ^',
    ),
  );
});

test('public addresses and localhost are not reported', () => {
  for (const text of [
    'https://example.com/a',
    'http://localhost:8080',
    'http://8.8.8.8/',
    'http://172.40.0.1/',
  ])
    checkRule(internalEndpoint, file(text));
  checkRule(internalEndpoint, file('http://10.0.0.1/'), { settings: { mode: 'recommended' } });
});
