import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionInYamlInput as rule } from '#core/rules/files/expression-in-yaml-input.ts';
import { applyEdits } from '#core/text.ts';
import { exampleOf, lintExample, splitExample } from '../../../support/workflows.ts';

const PROMPT = 'messages:\n  - role: user\n    content: "Label. <x>{{x}}</x>"\n';
const run = (input: string) =>
  exampleOf(
    `uses: actions/ai-inference@v3\nwith:\n  prompt-file: a.prompt.yaml\n  input: |\n    ${input.replaceAll('\n', '\n    ')}`,
    PROMPT,
  );

test('marks the expression, shows its path, and the fix writes JSON', () => {
  const example = run('x: ${{ github.event.issue.body }}');
  const [found] = lintExample(rule, example);
  assert.equal(found?.where, 'workflow');
  assert.equal(found?.marked, '${{ github.event.issue.body }}');
  assert.deepEqual(found?.path, ['${{ github.event.issue.body }}', '{{x}}']);
  assert.equal(found?.finding.severity, 'warning');
  const [fix] = found?.finding.fixes ?? [];
  assert.equal(fix?.safe, false);
  const { workflow, prompt } = splitExample(example);
  const fixed = applyEdits(workflow, fix?.edits ?? []);
  assert.match(fixed, /x: \$\{\{ toJSON\(github\.event\.issue\.body\) \}\}\n/);
  assert.deepEqual(lintExample(rule, `${fixed}---\n${prompt}`), []);
});

test('no fix inside other text: the whole value must be JSON', () => {
  for (const input of [
    'x: |\n  Body\n  ${{ github.event.issue.body }}',
    'x: "${{ github.event.issue.title }}"',
    'x: Title ${{ github.event.issue.title }}',
  ]) {
    const [found] = lintExample(rule, run(input));
    assert.equal(found?.where, 'workflow', input);
    assert.deepEqual(found?.finding.fixes, [], input);
  }
});

test('nothing is reported if no third-party text becomes YAML', () => {
  for (const input of [
    'x: ${{ toJSON(github.event.issue.body) }}',
    'x: ${{ github.event.issue.number }}',
    'x: a',
    'y: ${{ github.event.issue.body }}',
    '${{ toJSON(github.event.issue) }}',
  ])
    assert.deepEqual(lintExample(rule, run(input)), [], input);
});
