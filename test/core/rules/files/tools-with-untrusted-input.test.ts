import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolsWithUntrustedInput as rule } from '#core/rules/files/tools-with-untrusted-input.ts';
import { exampleOf, lintExample } from '../../../support/workflows.ts';

const PROMPT = 'messages:\n  - role: user\n    content: "Answer. <x>{{x}}</x> {{y}}"\n';
const run = (tools: string, value = '${{ toJSON(github.event.comment.body) }}') =>
  exampleOf(
    `uses: actions/ai-inference@v3\nwith:\n  prompt-file: a.prompt.yaml\n  ${tools}\n  input: |\n    x: ${value}\n    y: \${{ toJSON(github.event.issue.title) }}`,
    PROMPT,
  );

test('marks where the tools are enabled, once per step, with the path of the value', () => {
  const found = lintExample(rule, run('enable-github-mcp: true'));
  assert.equal(found.length, 1);
  assert.equal(found[0]?.where, 'workflow');
  assert.equal(found[0]?.marked, 'enable-github-mcp: true');
  assert.deepEqual(found[0]?.path, ['${{ toJSON(github.event.comment.body) }}', '{{x}}']);
  assert.equal(found[0]?.finding.severity, 'error');
});

test('other ways to enable tools count too', () => {
  assert.equal(lintExample(rule, run('copilot-allow-tools: write')).length, 1);
  assert.equal(lintExample(rule, run('enable-github-mcp: "true"')).length, 1);
});

test('a prompt in the workflow counts too', () => {
  const inline = (prompt: string) =>
    exampleOf(
      `uses: actions/ai-inference@v3\nwith:\n  prompt: ${prompt}\n  enable-github-mcp: true`,
      PROMPT,
    );
  const [found, ...more] = lintExample(rule, inline('Answer ${{ github.event.issue.body }}'));
  assert.deepEqual(more, []);
  assert.equal(found?.marked, 'enable-github-mcp: true');
  assert.equal(found?.finding.severity, 'error');
  assert.deepEqual(lintExample(rule, inline('List what ${{ github.actor }} did')), []);
});

test('nothing is reported without tools, or for values that no third party writes', () => {
  assert.deepEqual(lintExample(rule, run('enable-github-mcp: false')), []);
  assert.deepEqual(lintExample(rule, run('max-tokens: 50')), []);
  const trusted = run('enable-github-mcp: true', 'a').replace('event.issue.title', 'repository');
  assert.deepEqual(lintExample(rule, trusted), []);
});
