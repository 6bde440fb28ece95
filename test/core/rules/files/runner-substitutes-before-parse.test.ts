import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnerSubstitutesBeforeParse as rule } from '#core/rules/files/runner-substitutes-before-parse.ts';
import { checkRule } from '../../../support/caret.ts';
import { exampleOf, lintExample } from '../../../support/workflows.ts';

const PROMPT = 'messages:\n  - role: user\n    content: "Label. <x>{{x}}</x>"\n';
const run = (uses: string, value: string, before = '') =>
  exampleOf(
    `uses: ${uses}\nwith:\n  prompt-file: a.prompt.yaml\n  input: |\n    x: ${value}`,
    PROMPT,
    before,
  );
const BODY = '${{ toJSON(github.event.issue.body) }}';

test('marks the action, and shows the path to the placeholder', () => {
  const [found, ...more] = lintExample(rule, run('actions/ai-inference@v1', BODY));
  assert.deepEqual(more, []);
  assert.equal(found?.where, 'workflow');
  assert.equal(found?.marked, 'actions/ai-inference@v1');
  assert.deepEqual(found?.path, [BODY, '{{x}}']);
  assert.equal(found?.finding.severity, 'error');
});

test('affected versions', () => {
  const says = (ref: string) => lintExample(rule, run(`actions/ai-inference@${ref}`, BODY)).length;
  for (const ref of ['v1', 'v1.2.8', 'v2.0.0', 'v2.0.1', `${'0a'.repeat(20)} # v1.1.0`])
    assert.equal(says(ref), 1, ref);
  for (const ref of ['v2', 'v2.0.2', 'v2.1.1', 'v3', 'main', '0a'.repeat(20)])
    assert.equal(says(ref), 0, ref);
  assert.equal(lintExample(rule, run('other/action@v1', BODY)).length, 0);
});

test('nothing is reported for values that no third party can write', () => {
  for (const value of ['plain words', '${{ github.repository }}', '${{ steps.q.outputs.x }}'])
    assert.deepEqual(lintExample(rule, run('actions/ai-inference@v1', value)), [], value);
  const trusted = run('actions/ai-inference@v1', BODY).replace(
    'messages:',
    'variables: [{ name: x, trust: trusted }]\nmessages:',
  );
  assert.deepEqual(lintExample(rule, trusted), []);
  const script = 'id: q\nrun: echo "x=$(gh pr diff 1)" >> $GITHUB_OUTPUT';
  const [found] = lintExample(
    rule,
    run('actions/ai-inference@v1', '${{ steps.q.outputs.x }}', script),
  );
  assert.equal(found?.finding.severity, 'warning');
});

test('a comment in the workflow suppresses it there', () => {
  const silenced = run('actions/ai-inference@v1', BODY).replace(
    '      - uses',
    '      # promptsmith-disable-next-line runner-substitutes-before-parse -- pinned until May\n      - uses',
  );
  assert.deepEqual(lintExample(rule, silenced), []);
});

test('without a workflow, the target decides', () => {
  const text = `variables:
  - { name: x, trust: external }
messages:
  - role: user
    content: <x>{{x}}</x> and {{x}}
                ^^^^^ error: can add messages
`;
  checkRule(rule, text, { settings: { target: 'ai-inference@1' } });
  const unmarked = text.replace(/\n +\^.*/, '');
  for (const target of ['ai-inference@2', 'ai-inference@3', 'gh-models', 'generic'])
    checkRule(rule, unmarked, { settings: { target } });
});
