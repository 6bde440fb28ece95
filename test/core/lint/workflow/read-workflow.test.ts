import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyContext } from '#core/lint/workflow/contexts.ts';
import { findFlows, isJson } from '#core/lint/workflow/expression.ts';
import { readWorkflow } from '#core/lint/workflow/read-workflow.ts';
import { exampleOf } from '#test/support/workflows.ts';

const read = (text: string) => readWorkflow('file:///w.yml', '.github/workflows/w.yml', text);
const step = (input: string, more = '') =>
  `uses: actions/ai-inference@v3\nwith:\n  prompt-file: ./a.prompt.yaml\n${more}  input: |\n    ${input.replaceAll('\n', '\n    ')}`;

/** The inputs of variables: `name trust confidence kind`. */
function inputs(input: string, before = '', more = ''): string[] {
  const [call] = read(exampleOf(step(input, more), '', before)).calls;
  return (call?.inputs ?? []).map(
    (one) => `${one.name} ${one.trust} ${one.confidence} ${one.kind}`,
  );
}

test('contexts by third parties, by the repository, and unknown ones', () => {
  const contexts = {
    external:
      'github.head_ref github.event.issue.body github.event.issue.title github.event.pull_request.head.ref github.event.comment.body github.event.commits.0.message github.event.commits.*.author.name github.event.head_commit.message github.event.discussion.body github.event.pages.0.page_name github.event.pull_request.head.label github.event.changes.title.from github.event.workflow_run.head_branch github.event github.event.issue GitHub.Event.Issue.Body',
    trusted:
      'github.repository github.sha github.actor github.event.issue.number github.event.issue.user.login github.event.issue.html_url github.event.issue.labels.*.name github.event.pull_request.head.sha github.event.pull_request.base.ref github.event.pull_request.head.repo.full_name github.event.workflow_run.name github.event.comment.created_at github.event.milestone.title github.ref_name secrets.TOKEN vars.REGION',
    unknown:
      'github.event.release.body github.event.client_payload.text github.event.pull_request.auto_merge',
  };
  for (const [trust, list] of Object.entries(contexts))
    for (const path of list.split(' ')) assert.equal(classifyContext(path), trust, path);
});

test('contexts of an expression: strings are text, and calls are not contexts', () => {
  const of = (text: string) => findFlows(`\${{ ${text} }}`).map(({ path }) => path);
  assert.deepEqual(of("format('{0} env.x', github.event.issue.title)"), [
    'github.event.issue.title',
  ]);
  assert.deepEqual(of("github.event['issue']['body'] || env.BODY"), [
    'github.event.issue.body',
    'env.BODY',
  ]);
  assert.deepEqual(of('join(github.event.commits.*.message)'), ['github.event.commits.*.message']);
  assert.deepEqual(of('github.event.commits[0].message'), ['github.event.commits.0.message']);
  assert.deepEqual(of('always() && true'), []);
  assert.equal(isJson('${{ toJSON(github.event.issue.body) }}'), true);
  assert.equal(isJson('${{ toJSON(a) || b }}'), false);
  assert.equal(isJson('${{ github.event.issue.body }}'), false);
});

test('each variable gets its expressions', () => {
  assert.deepEqual(
    inputs(
      'a: ${{ github.event.issue.body }}\nb: ${{ github.repository }}\nc: plain words\nd: ${{ inputs.topic }}\ne: ${{ inputs.size }}\nf: |\n  Title ${{ github.event.issue.title }} in ${{ github.sha }}',
    ),
    [
      'a external high expression',
      'b trusted high expression',
      'd trusted high expression',
      'e trusted high expression',
      'f external high expression',
      'f trusted high expression',
      'c trusted high text',
    ],
  );
});

test('variables and outputs of steps and jobs are traced; a cycle terminates', () => {
  const body = 'x: ${{ steps.before.outputs.text }}';
  const env =
    'id: before\nenv:\n  BODY: ${{ github.event.issue.body }}\nrun: echo "text=$(tr a b <<< "$BODY")" >> $GITHUB_OUTPUT';
  assert.deepEqual(inputs(body, env), ['x external medium expression']);
  const run = (script: string) => `id: before\nrun: ${script}`;
  assert.deepEqual(inputs(body, run('echo text=`gh pr diff 1` >> $GITHUB_OUTPUT')), [
    'x external medium expression',
  ]);
  assert.deepEqual(inputs(body, run('echo text=`date` >> $GITHUB_OUTPUT')), [
    'x trusted high expression',
  ]);
  // What a script only prints, or loads for something else, is no output.
  for (const script of ['gh pr diff 1', 'curl https://example.org', 'cat <<< "$BODY"'])
    assert.deepEqual(inputs(body, run(script)), ['x unknown low expression'], script);
  const ask = (prompt: string) =>
    `id: before\nuses: actions/ai-inference@v3\nwith:\n  prompt: ${prompt}`;
  assert.deepEqual(inputs(body, ask('${{ github.event.issue.body }}')), ['x external high model']);
  assert.deepEqual(inputs(body, ask('Name ${{ github.sha }}')), ['x trusted high expression']);
  assert.deepEqual(inputs(body, ask('${{ steps.other.outputs.x }}')), ['x unknown low model']);
  assert.deepEqual(inputs(body, 'id: before\nuses: anthropics/claude-code-action@v1'), [
    'x external medium model',
  ]);
  assert.deepEqual(inputs(body, 'id: other\nrun: echo text=`gh pr diff 1` >> $GITHUB_OUTPUT'), [
    'x unknown low expression',
  ]);
  const circle = read(`jobs:
  a:
    outputs: { x: '\${{ needs.b.outputs.x }}' }
  b:
    outputs: { x: '\${{ needs.a.outputs.x }}' }
    steps:
      - uses: actions/ai-inference@v3
        with: { prompt-file: a.prompt.yml, input: 'v: \${{ needs.a.outputs.x }}' }
`);
  assert.equal(circle.calls[0]?.inputs[0]?.trust, 'unknown');
  const jobs = read(`jobs:
  a:
    outputs: { x: '\${{ github.event.comment.body }}' }
  b:
    env: { Y: '\${{ needs.a.outputs.x }}' }
    steps:
      - uses: actions/ai-inference@v3
        with: { prompt-file: a.prompt.yml, input: 'v: \${{ env.Y }}' }
`);
  assert.equal(jobs.calls[0]?.inputs[0]?.trust, 'external');
});

test('files, tools, the action and its version are read', () => {
  const more = '  enable-github-mcp: true\n  file_input: |\n    diff: ./out/diff.txt\n';
  const text = exampleOf(step('a: 1', more), '');
  const [call] = read(text).calls;
  assert.deepEqual(
    call?.inputs.map(({ name, kind, expression }) => [name, kind, expression]),
    [
      ['a', 'text', '1'],
      ['diff', 'file', './out/diff.txt'],
    ],
  );
  assert.equal(call?.tools?.name, 'enable-github-mcp');
  const off = read(text.replace('mcp: true', 'mcp: false'));
  assert.equal(off.calls[0]?.tools, null);
  const versions = {
    'actions/ai-inference@v1': [1],
    'actions/ai-inference@v2.0.1': [2, 0, 1],
    'actions/ai-inference@main': null,
    'actions/ai-inference@4a3d2c1b0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c # v1.2.8': [1, 2, 8],
    'actions/ai-inference@4a3d2c1b0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c': null,
  };
  for (const [uses, version] of Object.entries(versions)) {
    const [found] = read(text.replace('actions/ai-inference@v3', uses)).calls;
    assert.deepEqual(found?.action?.version, version, uses);
  }
});

test('prompt files are relative to the repository root; other values are not calls', () => {
  const named = (path: string) =>
    read(exampleOf(`uses: x/y@v1\nwith:\n  prompt-file: ${path}`, '')).calls[0]?.promptFile;
  assert.equal(named('./p/a.prompt.yml'), 'p/a.prompt.yml');
  assert.equal(named('${{ github.workspace }}/p/a.prompt.yml'), 'p/a.prompt.yml');
  assert.equal(named('p/a.txt'), undefined);
  assert.equal(named('${{ matrix.prompt }}.prompt.yml'), undefined);
});

test('spans refer to the file, also inside block scalars', () => {
  const text = exampleOf(step('a: ${{ github.event.issue.body }}'), '').split('\n---\n')[0] ?? '';
  const [call] = read(text).calls;
  const span = call?.inputs[0]?.span ?? { start: 0, end: 0 };
  assert.equal(text.slice(span.start, span.end), '${{ github.event.issue.body }}');
});

test('files that are broken or not workflows run nothing, in bounded time', () => {
  for (const text of ['', '[]', 'jobs: 3', 'jobs: { a: { steps: { x: a.prompt.yml } } }', '{{{'])
    assert.deepEqual(read(text).calls, []);
  const many = `jobs:\n  a:\n    steps:\n${'      - { uses: a/b@v1, with: { prompt-file: a.prompt.yml, input: "x: ${{ steps.q.outputs.z }}" } }\n'.repeat(500)}`;
  assert.equal(read(many).calls.length, 500);
  const hostile = exampleOf(step(`a: ${'${{ '.repeat(20_000)}\nb: ${'}} '.repeat(20_000)}`), '');
  assert.equal(read(hostile).calls.length, 1);
});
