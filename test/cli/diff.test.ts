import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CANARIES } from '#test/support/canaries.ts';
import { commitAll } from '#test/support/git.ts';
import { registryProject, samplePrompt } from '#test/support/registry-project.ts';

test('diff of two revisions shows every prompt that changed', async (t) => {
  const { cwd, file, good, run } = await registryProject(t);
  await writeFile(file, samplePrompt('Say').replaceAll('{{word}}', '{{name}}'));
  await writeFile(join(cwd, 'team/new.prompt.yaml'), samplePrompt('New'));
  commitAll(cwd, 'second');
  const shown = await good('diff', 'HEAD~1', 'HEAD');
  assert.match(shown, /team\/new\.prompt\.yaml was added/);
  assert.match(shown, /major\s+the variable "word" was renamed to "name"/);
  assert.equal(await good('diff', 'HEAD', 'HEAD'), 'No differences between HEAD and HEAD.\n');
  assert.match(await good('diff', 'HEAD~1', 'team/say.prompt.yaml'), /major/);
  assert.match(
    (await run('diff', 'nothing')).stderr,
    /not a prompt file, a reference .* or a git revision/,
  );
});

test('--json lists changes, tokens and cost', async (t) => {
  const { file, good } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await writeFile(file, samplePrompt('Please say'));
  const { diffs, alone } = JSON.parse(await good('diff', 'team/say.prompt.yaml', '--json'));
  assert.deepEqual(alone, []);
  assert.equal(diffs.length, 1);
  const [{ from, to, bump, changes, tokens }] = diffs;
  assert.deepEqual([from, to, bump], ['team/say@1.0.0', 'team/say.prompt.yaml', 'minor']);
  assert.equal(changes[0].text, 'the wording of the user message (1) changed');
  assert.equal(tokens.to - tokens.from, 1);
});

test('a revision alone is compared with the working copy, committed or not', async (t) => {
  const { cwd, file, good } = await registryProject(t);
  assert.equal(await good('diff', 'HEAD'), 'No differences between HEAD and the working copy.\n');
  await writeFile(file, samplePrompt('Please say'));
  await writeFile(join(cwd, 'team/new.prompt.yaml'), samplePrompt('New'));
  const shown = await good('diff', 'HEAD');
  assert.match(shown, /^team\/new\.prompt\.yaml was added\n/);
  assert.match(shown, /team\/say\.prompt\.yaml at HEAD → team\/say\.prompt\.yaml {2}minor\n/);
  assert.match(shown, / {11}\[-Say-\]\{\+Please say\+\} \{\{word\}\}\n/);
  commitAll(cwd, 'second');
  await writeFile(join(cwd, 'team/say.csv'), 'word\nfour\n');
  await rm(join(cwd, 'team/new.prompt.yaml'));
  const next = await good('diff', 'HEAD');
  assert.match(next, /^team\/new\.prompt\.yaml was removed\n/);
  assert.match(next, /patch {2}1 test row was added\n/);
});

test('words are in color where colors are on, and complete in JSON', async (t) => {
  const { file, good } = await registryProject(t);
  const long = 'Be kind. '.repeat(30);
  await writeFile(file, samplePrompt(`${long}Say the old thing`));
  await good('publish', 'team/say.prompt.yaml');
  await writeFile(file, samplePrompt(`${long}Say the new thing`));
  const colored = await good('diff', 'team/say.prompt.yaml', '--color', 'always');
  assert.ok(
    colored.includes(
      'the \u001b[9m\u001b[31mold\u001b[39m\u001b[29m\u001b[1m\u001b[32mnew\u001b[39m\u001b[22m thing',
    ),
    JSON.stringify(colored),
  );
  const { diffs } = JSON.parse(await good('diff', 'team/say.prompt.yaml', '--json'));
  const [{ changes, texts }] = diffs;
  assert.deepEqual(changes, [
    {
      part: 'messages',
      bump: 'minor',
      text: 'the wording of the user message (1) changed',
      in: 'the user message (1)',
    },
  ]);
  assert.deepEqual(texts, [
    {
      name: 'the user message (1)',
      segments: [
        { kind: 'same', text: `${long}Say the ` },
        { kind: 'removed', text: 'old' },
        { kind: 'added', text: 'new' },
        { kind: 'same', text: ' thing {{word}}' },
      ],
    },
  ]);
});

test('--format markdown is for a pull request, whatever the prompt contains', async (t) => {
  const { cwd, file, good } = await registryProject(t);
  await writeFile(file, samplePrompt('Ask @support about #12 <b>now</b>'));
  await writeFile(join(cwd, 'team/new.prompt.yaml'), samplePrompt('New'));
  const shown = await good('diff', 'HEAD', '--format', 'markdown');
  const [list = '', title, change, words, table = '', end] = shown.split('\n\n');
  assert.equal(list, '- `team/new.prompt.yaml` was added');
  assert.equal(title, '### `team/say.prompt.yaml at HEAD` → `team/say.prompt.yaml`: minor');
  assert.equal(change, '- minor: the wording of the user message (1) changed');
  assert.equal(
    words,
    '  > ~~Say~~ <strong>Ask @&#8203;support about #&#8203;12 \\<b\\>now\\</b\\></strong> \\{\\{word\\}\\}',
  );
  assert.match(
    table,
    /^\| {2}\| before \| after \| change \|\n.+\n\| tokens per call \| 9 \| 21 \| \\\+12 \|\n/,
  );
  assert.match(table, /\n\| cost per call \| \$[\d.]+ \| \$[\d.]+ \| \\\+\$[\d.]+ \|$/);
  assert.equal(end, 'Eval: no comparable runs\n');
  commitAll(cwd, 'second');
  assert.equal(
    await good('diff', 'HEAD', '--format', 'markdown'),
    'No differences between HEAD and the working copy.\n',
  );
});

test('no format shows a secret, neither one that is there nor one that was removed', async (t) => {
  const { file, good } = await registryProject(t);
  const { 'GitHub token': old = '', 'AWS access key': now = '' } = CANARIES;
  assert.ok(old !== '' && now !== '');
  await writeFile(file, samplePrompt(`Use ${old} or say`));
  commitAll(join(file, '..'), 'key');
  const rows = `variables: [{ name: word, default: ${now} }]`;
  await writeFile(file, samplePrompt(`Never use ${now}, say`, rows));
  for (const format of ['plain', 'json', 'markdown']) {
    const shown = await good('diff', 'HEAD', '--format', format);
    assert.match(shown, /Never/, format);
    assert.ok(!shown.includes(old) && !shown.includes(now), shown);
  }
});

test('a file with a syntax error is compared, and named', async (t) => {
  const { file, run } = await registryProject(t);
  await writeFile(file, 'messages: [\n  - role: "user');
  const { code, stdout, stderr } = await run('diff', 'HEAD');
  assert.equal(code, 0);
  assert.match(stdout, /major {2}the role of message 1 changed: user → none\n/);
  assert.match(stdout, /minor {2}the wording of the message \(1\) without a role changed\n/);
  assert.equal(
    stderr,
    'team/say.prompt.yaml is not a valid prompt file: what cannot be read counts as absent\n',
  );
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /diff takes one or two operands/],
    [['a', 'b', 'c'], /diff takes one or two operands/],
    [['team/say@9.9.9'], /not in the registry/],
    [['team/say@a b'], /not allowed/],
  ] as const) {
    const { code, stdout, stderr } = await run('diff', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
