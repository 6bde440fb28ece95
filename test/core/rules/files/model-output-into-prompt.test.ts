import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOutputIntoPrompt as rule } from '#core/rules/files/model-output-into-prompt.ts';
import { exampleOf, lintExample } from '../../../support/workflows.ts';

const run = (before: string, role = 'user') =>
  exampleOf(
    'uses: actions/ai-inference@v3\nwith:\n  prompt-file: a.prompt.yaml\n  input: |\n    x: ${{ toJSON(steps.q.outputs.response) }}',
    `messages:\n  - role: ${role}\n    content: "Answer. <x>{{x}}</x>"\n`,
    before,
  );

const MODEL =
  'id: q\nuses: actions/ai-inference@v3\nwith:\n  prompt: Sum up ${{ github.event.issue.body }}';

test('marks the placeholder that the answer of a model fills', () => {
  const [found, ...more] = lintExample(rule, run(MODEL));
  assert.deepEqual(more, []);
  assert.equal(found?.where, 'prompt');
  assert.equal(found?.marked, '{{x}}');
  assert.deepEqual(found?.path, ['${{ toJSON(steps.q.outputs.response) }}', '{{x}}']);
  assert.equal(found?.finding.severity, 'info');
});

test('an answer that no third party can steer is not reported', () => {
  const ask = (prompt: string) =>
    lintExample(rule, run(`id: q\nuses: actions/ai-inference@v3\nwith:\n  prompt: ${prompt}`));
  assert.deepEqual(ask('Name ${{ github.repository }} in one word'), []);
  assert.deepEqual(ask('Sum up ${{ steps.nobody.outputs.knows }}'), []);
});

test('other steps are not models, and a more severe rule reports the system message', () => {
  assert.deepEqual(lintExample(rule, run('id: q\nrun: gh pr diff 1')), []);
  assert.deepEqual(lintExample(rule, run('id: q\nuses: actions/github-script@v8')), []);
  assert.deepEqual(lintExample(rule, run(MODEL, 'system')), []);
});
