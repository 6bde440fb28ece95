import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingPromptFile as rule } from '#core/rules/files/missing-prompt-file.ts';
import { applyEdits } from '#core/text.ts';
import { exampleOf, lintExample, splitExample } from '../../../support/workflows.ts';

const PROMPT = '# prompts/triage.prompt.yml\nmessages:\n  - role: user\n    content: Hi\n';
const run = (path: string, more = '') =>
  exampleOf(`uses: actions/ai-inference@v3\nwith:\n  prompt-file: ${path}`, PROMPT, more);
const script = (line: string, more = '') => exampleOf(`run: ${line}${more}`, PROMPT);

test('marks the path, and the fix writes the one that is meant', () => {
  for (const path of ['.github/models/triage.prompt.yml', 'prompts/trriage.prompt.yml']) {
    const example = run(path);
    const [found, ...more] = lintExample(rule, example);
    assert.deepEqual(more, []);
    assert.equal(found?.where, 'workflow');
    assert.equal(found?.marked, path);
    assert.equal(found?.finding.severity, 'error');
    assert.match(found?.finding.message ?? '', /Did you mean `prompts\/triage\.prompt\.yml`\?/);
    const { workflow } = splitExample(example);
    const fixed = applyEdits(workflow, found?.finding.fixes?.[0]?.edits ?? []);
    assert.deepEqual(lintExample(rule, `${fixed}---\n${PROMPT}`), []);
  }
});

test('a path without anything like it has no fix', () => {
  const [found] = lintExample(rule, run('welcome-newcomers.prompt.yml'));
  assert.match(found?.finding.message ?? '', /add the file/);
  assert.deepEqual(found?.finding.fixes, []);
});

test('scripts and the labels of an action name prompts too', () => {
  const [eval_] = lintExample(rule, script('gh models eval triage.prompt.yml'));
  assert.equal(eval_?.marked, 'triage.prompt.yml');
  assert.equal(eval_?.finding.fixes?.length, 1);
  const [quoted] = lintExample(rule, script('gh models run --file "x/triage.prompt.yml"'));
  assert.equal(quoted?.marked, '"x/triage.prompt.yml"');
  assert.deepEqual(quoted?.finding.fixes, []);
  const labels = exampleOf(
    'uses: github/ai-assessment-comment-labeler@v1\nwith:\n  prompts_directory: prompts\n  labels_to_prompts_mapping: bug,triage.prompt.yml|spam,spam.prompt.yml',
    PROMPT,
  );
  const found = lintExample(rule, labels);
  assert.equal(found.length, 1);
  assert.match(found[0]?.finding.message ?? '', /`prompts\/spam\.prompt\.yml`/);
});

test('nothing is reported for paths that exist, are made, or that cannot be read', () => {
  const checkout = 'uses: actions/checkout@v4\nwith:\n  repository: acme/prompts';
  for (const example of [
    run('prompts/triage.prompt.yml'),
    run('./prompts/triage.prompt.yml'),
    run('${{ github.workspace }}/prompts/triage.prompt.yml'),
    run('prompts/${{ matrix.kind }}.prompt.yml'),
    run('${{ env.PROMPT }}'),
    run('/opt/prompts/triage.prompt.yml'),
    run('made.prompt.yml', 'run: node make.mjs > made.prompt.yml'),
    run('theirs.prompt.yml', checkout),
    script('gh models run --file "$DIR/triage.prompt.yml"'),
    script('gh models run --file <(cat a.prompt.yml)'),
    script('gh models eval triage.prompt.yml', '\nworking-directory: prompts'),
    script('gh models eval triage.prompt.yml', '\nworking-directory: ${{ matrix.folder }}'),
    script('echo gh models eval other.prompt.yml'),
  ])
    assert.deepEqual(lintExample(rule, example), [], example);
});

test('a comment in the workflow suppresses it there', () => {
  const silenced = run('later.prompt.yml').replace(
    '          prompt-file',
    '          # promptsmith-disable-next-line missing-prompt-file -- written by the build\n          prompt-file',
  );
  assert.equal(lintExample(rule, run('later.prompt.yml')).length, 1);
  assert.deepEqual(lintExample(rule, silenced), []);
});
