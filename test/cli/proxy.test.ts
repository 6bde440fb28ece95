import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `model: lab/tiny
messages: [{ role: user, content: "Say {{word}}" }]
testData: [{ word: hello }]
evaluators: [{ name: says it, uses: promptsmith/contains, with: hello }]
`;

test('the environment names the proxy, and .env does not', async (t) => {
  const proxy = { HTTP_PROXY: 'http://127.0.0.1:9' };
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': 'providers: { lab: { baseUrl: "http://lab.invalid/v1", key: none } }\n',
    '.env': 'HTTP_PROXY=http://127.0.0.1:9\nhttp_proxy=http://127.0.0.1:9\n',
  });
  const run = (env: Record<string, string>) =>
    promptsmith(['eval', 'a.prompt.yaml', '-y'], { cwd, env });
  const [given, none] = await Promise.all([run(proxy), run({})]);
  // Older versions of Node do not follow it, which is said.
  const named =
    /the proxy (?:http:\/\/127\.0\.0\.1:9 cannot be reached|of HTTP_PROXY is not followed)/;
  assert.match(given.stdout, named);
  assert.match(none.stdout, /http:\/\/lab\.invalid cannot be reached/);
  assert.doesNotMatch(none.stdout, /proxy/i);
});
