import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith } from '#test/support/cli.ts';
import { systemPrompt, workflowOf } from '#test/support/repositories/repository.ts';
import { unsafeRepositories } from '#test/support/repositories/unsafe.ts';
import { root } from '../../scripts/process.mjs';

function corpus(...args: string[]): string {
  const script = join(root, 'scripts', 'corpus.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return stdout + stderr;
}

const WORKFLOW = workflowOf(
  'issues',
  `
      - uses: actions/ai-inference@v3
        with:
          prompt-file: a.prompt.yml
          input: |
            facts: \${{ toJSON(github.event.issue.body) }}
`,
);

test('each folder with .github or .git is a repository, whose prompts run with its workflows', async (t) => {
  const [, , , , , , moved] = unsafeRepositories;
  const files = Object.entries(moved?.files ?? {}).map(([path, text]) => [
    `acme/moved/${path}`,
    text,
  ]);
  const folder = await folderWith(t, {
    ...Object.fromEntries(files),
    'one/a.prompt.yml': systemPrompt('facts'),
    'one/.github/workflows/w.yml': WORKFLOW,
    // The same prompt in a repository without the workflow.
    'two/a.prompt.yml': systemPrompt('facts'),
    'two/.git/HEAD': '',
    'loose.prompt.yml': systemPrompt('facts'),
    '.github-of-nobody/workflows/w.yml': WORKFLOW,
  });
  const said = corpus(folder);
  const about = said.split('\n').filter((line) => /reaches-system|missing-prompt-file/.test(line));
  assert.deepEqual(
    about.slice(0, 2).map((line) => line.split(/ {2}/).slice(0, 3)),
    [
      [join('acme/moved/.github/workflows/changes.yml:6:29'), 'error', 'missing-prompt-file'],
      [join('one/a.prompt.yml:3:56'), 'error', 'untrusted-reaches-system'],
    ],
  );
  assert.match(said, /\n4 files\n/);
  assert.match(said, /\n1 {2}untrusted-reaches-system \(error\)\n/);
});

test('the usage says what a folder of checkouts is', () => {
  assert.match(corpus(), /checkouts: each folder in it/);
});
