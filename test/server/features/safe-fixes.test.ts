import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SafeFixesResult } from '#core/protocol.ts';
import { pathToUri } from '#io/files.ts';
import { folderWith } from '#test/support/cli.ts';
import { inProcess } from '#test/support/lsp-client.ts';

const PROMPT = `descripton: x
modelParameters:
  max_tokens: 5
messages:
  - role: user
    content: {{x}}
`;

test('safe fixes of open and closed prompts by rule, without ignored files and suppressed findings', async (t) => {
  const folder = await folderWith(t, {
    '.promptsmith.yaml': 'ignore: [old/**]\n',
    'a.prompt.yaml': PROMPT,
    'b.prompt.yaml': PROMPT.replace(
      '  max',
      '  # promptsmith-disable-next-line parameter-spelling -- read by others\n  max',
    ),
    'fine.prompt.yaml': 'messages:\n  - role: user\n    content: Hi\n',
    'old/c.prompt.yaml': PROMPT,
  });
  const [a, b, fine] = ['a', 'b', 'fine'].map((name) =>
    pathToUri(join(folder, `${name}.prompt.yaml`)),
  );
  assert.ok(a && b && fine);
  const client = await inProcess({ folder });
  await client.open(a, `# open\n${PROMPT}`);
  await client.until(() => [b, fine].every((uri) => client.published.some((p) => p.uri === uri)));
  const files = await client.connection.sendRequest<SafeFixesResult>('promptsmith/safeFixes', {});
  assert.deepEqual(
    files.map(({ uri, edits }) => [
      uri,
      edits.map(({ rule, range, newText }) => `${rule} ${range.start.line} ${newText}`),
    ]),
    [
      [b, ['unquoted-template 6 "{{x}}"']],
      [a, ['parameter-spelling 3 maxTokens', 'unquoted-template 6 "{{x}}"']],
    ],
  );
});
