import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

/** Four cases of which the last fails. */
const prompt = (more: string, last = '') => `model: openai/gpt-4o-mini
messages: [{ role: user, content: "Say {{word}}" }]
testData:
  - { word: one, $case: { name: one, must: true } }
  - { word: two, $case: { name: two } }
  - { word: three, $case: { name: three } }
  - { word: four, $case: { name: four${last} } }
evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
${more}`;

test('acceptance decides the exit code where the file has it, and says what is missing', async (t) => {
  const server = await modelServer(({ body }) => {
    const text = body.messages.at(-1)?.content ?? '';
    return { kind: 'stream', text: text.includes('four') ? 'no' : text };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'none.prompt.yaml': prompt(''),
    'typo.prompt.yaml': prompt('acceptance: { passrate: 0.7 }'),
    'low.prompt.yaml': prompt('acceptance: { passRate: 0.7 }'),
    'high.prompt.yaml': prompt('acceptance: { passRate: 0.9, errorRate: 0 }'),
    'must.prompt.yaml': prompt('acceptance: { passRate: 0.7 }', ', must: true'),
  });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const table: readonly (readonly [string, number, RegExp])[] = [
    [
      'none',
      1,
      /✗ Not accepted: 3 of 4 cases pass \(75 %, [\s\S]*✗ every case has to pass: 75 %[\s\S]*3 passed, 1 failed/,
    ],
    ['typo', 1, /Not accepted[\s\S]*3 passed, 1 failed/],
    [
      'low',
      0,
      /✓ Accepted: 3 of 4 cases pass[\s\S]*✓ passRate is 75 %, required: at least 70 %[\s\S]*✓ required test one/,
    ],
    ['high', 1, /Not accepted[\s\S]*\n +✗ passRate is 75 %, required: at least 90 %\n/],
    [
      'must',
      1,
      /Not accepted[\s\S]*; required test four: 0 % of its[\s\S]*\n +✗ required test four: 0 % of its repeats passed\n/,
    ],
  ];
  for (const [name, expected, output] of table) {
    const { code, stdout, stderr } = await promptsmith(['eval', `${name}.prompt.yaml`], {
      cwd,
      env,
    });
    assert.equal(code, expected, `${name}: ${stdout}${stderr}`);
    assert.match(stdout, output);
    assert.ok(/Accepted|Not accepted/.test(stdout));
  }
  const json = await promptsmith(['eval', 'high.prompt.yaml', '--json'], { cwd, env });
  const { met, parts } = JSON.parse(json.stdout).acceptance;
  assert.equal(met, false);
  assert.deepEqual(parts[0], { name: 'passRate', limit: 0.9, actual: 0.75, met: false });
  const never = await promptsmith(['eval', 'high.prompt.yaml', '--fail-on', 'never'], { cwd, env });
  assert.equal(never.code, 0);
});
