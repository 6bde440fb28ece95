import { test } from 'node:test';
import { variableInUrl } from '#core/rules/injection/variable-in-url.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (text: string, trust = 'user') =>
  `variables: [{ name: x, trust: ${trust} }]\nmessages:\n  - role: user\n    content: |\n      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n`;

test('a tainted value in an address, a link and an image', () => {
  checkRule(
    variableInUrl,
    file(
      'Open https://a.example/?q={{x}} now.\n                          ^^^^^ warning: an address',
    ),
  );
  checkRule(
    variableInUrl,
    file('![logo](https://a.example/{{x}}.png)\n                          ^^^^^ warning: an image'),
  );
  checkRule(
    variableInUrl,
    file('Show [the page]({{x}}) first.\n                ^^^^^ warning: a link'),
  );
});

test('a secret in an address, whatever its source', () => {
  checkRule(
    variableInUrl,
    `messages:
  - role: user
    content: Call https://a.example/v1?key={{api_key}} now.
                                           ^^^^^^^^^^^ warning: looks like a secret
`,
  );
});

test('values next to an address, trusted and unknown ones are not reported', () => {
  checkRule(variableInUrl, file('See https://a.example/docs and answer {{x}}.'));
  checkRule(variableInUrl, file('See [the docs](https://a.example) about {{x}}.'));
  checkRule(variableInUrl, file('Open https://a.example/{{x}}', 'trusted'));
  checkRule(
    variableInUrl,
    file('Open https://a.example/{{page_no}} with max_tokens {{token_count}}'),
  );
});
