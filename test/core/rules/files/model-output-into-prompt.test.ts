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

test('marks the placeholder that the answer of a model fills', () => {
  const [found, ...more] = lintExample(rule, run('id: q\nuses: actions/ai-inference@v3'));
  assert.deepEqual(more, []);
  assert.equal(found?.where, 'prompt');
  assert.equal(found?.marked, '{{x}}');
  assert.deepEqual(found?.path, ['${{ toJSON(steps.q.outputs.response) }}', '{{x}}']);
  assert.equal(found?.finding.severity, 'info');
});

test('other steps are not models, and a more severe rule reports the system message', () => {
  assert.deepEqual(lintExample(rule, run('id: q\nrun: gh pr diff 1')), []);
  assert.deepEqual(lintExample(rule, run('id: q\nuses: actions/github-script@v8')), []);
  assert.deepEqual(lintExample(rule, run('id: q\nuses: actions/ai-inference@v3', 'system')), []);
});
