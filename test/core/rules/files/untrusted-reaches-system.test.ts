import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untrustedReachesSystem as rule } from '#core/rules/files/untrusted-reaches-system.ts';
import { untrustedInSystem } from '#core/rules/injection/untrusted-in-system.ts';
import { applyEdits } from '#core/text.ts';
import { exampleOf, lintExample, splitExample } from '../../../support/workflows.ts';

const PROMPT = `messages:
  - role: system
    content: "Known facts: {{facts}}. Again {{facts}}"
  - role: user
    content: Sum up.
`;
const run = (value: string, prompt = PROMPT) =>
  exampleOf(
    `uses: actions/ai-inference@v3\nwith:\n  prompt-file: a.prompt.yaml\n  input: |\n    facts: ${value}`,
    prompt,
    'id: q\nrun: echo "text=$(gh issue view 1)" >> $GITHUB_OUTPUT',
  );
const BODY = '${{ toJSON(github.event.issue.body) }}';

test('marks the placeholder once, with the path from the workflow, and only one rule reports it', () => {
  const found = lintExample([rule, untrustedInSystem], run(BODY));
  assert.deepEqual(
    found.map(({ finding, where, marked, path }) => [finding.id, where, marked, path]),
    [['untrusted-reaches-system', 'prompt', '{{facts}}', [BODY, '{{facts}}']]],
  );
  assert.equal(found[0]?.finding.severity, 'error');
});

test('the fix moves it to the user message', () => {
  const example = run(BODY);
  const [found] = lintExample(rule, example);
  const { workflow, prompt } = splitExample(example);
  const fixed = applyEdits(prompt, found?.finding.fixes?.[0]?.edits ?? []);
  assert.match(fixed, /role: user\n {4}content: [\s\S]*<facts>/);
  assert.deepEqual(lintExample(rule, `${workflow}---\n${fixed}`), []);
});

test('what a script may pass on is a warning; text from the repository is fine', () => {
  const [found] = lintExample(rule, run('${{ steps.q.outputs.text }}'));
  assert.equal(found?.finding.severity, 'warning');
  assert.equal(found?.finding.confidence, 'medium');
  for (const value of ['${{ github.repository }}', 'fixed words', '${{ vars.FACTS }}'])
    assert.deepEqual(lintExample(rule, run(value)), [], value);
});

test('what cannot be followed is a hint, unless something else tells who writes it', () => {
  const unknown = run('${{ steps.other.outputs.text }}');
  const [found, ...more] = lintExample([rule, untrustedInSystem], unknown);
  assert.deepEqual(more, []);
  assert.equal(found?.finding.severity, 'hint');
  assert.match(found?.finding.message ?? '', /cannot be followed/);
  assert.deepEqual(found?.path, ['${{ steps.other.outputs.text }}', '{{facts}}']);
  const renamed = (name: string) => unknown.replaceAll('facts', name);
  assert.deepEqual(lintExample(rule, renamed('language')), []);
  const [named, ...others] = lintExample([rule, untrustedInSystem], renamed('issue_body'));
  assert.deepEqual(others, []);
  assert.equal(named?.finding.id, 'untrusted-in-system');
  assert.equal(named?.finding.severity, 'info');
  assert.deepEqual(named?.path[0], '${{ steps.other.outputs.text }}');
});

test('the system prompt of a step without a prompt file', () => {
  const inline = (system: string) =>
    exampleOf(
      `uses: actions/ai-inference@v3\nwith:\n  system-prompt: ${system}\n  prompt: \${{ github.event.issue.body }}`,
      'messages:\n  - role: user\n    content: Hi\n',
    );
  const [found, ...more] = lintExample(rule, inline('Help ${{ github.event.issue.title }}'));
  assert.deepEqual(more, []);
  assert.equal(found?.where, 'workflow');
  assert.equal(found?.marked, '${{ github.event.issue.title }}');
  assert.equal(found?.finding.severity, 'error');
  for (const system of ['Help', 'Help ${{ github.actor }}', 'Help ${{ steps.a.outputs.b }}'])
    assert.deepEqual(lintExample(rule, inline(system)), [], system);
});

test('a declaration overrides the workflow, and user messages are not reported by this rule', () => {
  const declared = run(BODY, `variables:\n  - { name: facts, trust: trusted }\n${PROMPT}`);
  assert.deepEqual(lintExample(rule, declared), []);
  const settings = { variables: { facts: { trust: 'trusted' } } };
  assert.deepEqual(lintExample(rule, run(BODY), settings), []);
  const user = run(BODY, 'messages:\n  - role: user\n    content: <facts>{{facts}}</facts>\n');
  assert.deepEqual(lintExample(rule, user), []);
});
