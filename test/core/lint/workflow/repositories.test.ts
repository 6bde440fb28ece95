import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '#core/lint/engine/lint.ts';
import { assignProblems, findCallSites, readWorkflows } from '#core/lint/workflow/read-workflow.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { LineMap } from '#core/text.ts';
import type { SampleRepository } from '#test/support/repositories/repository.ts';
import { safeRepositories } from '#test/support/repositories/safe.ts';
import { unknownRepositories } from '#test/support/repositories/unknown.ts';
import { unsafeRepositories } from '#test/support/repositories/unsafe.ts';

/** Lints the prompts of a repository with its workflows: `severity rule in file:line`. */
function check({ files }: SampleRepository): string[] {
  const paths = Object.keys(files).sort();
  const prompts = paths.filter((path) => /\.prompt\.ya?ml$/.test(path));
  const sources = paths
    .filter((path) => !prompts.includes(path))
    .map((path) => ({ uri: `file:///${path}`, path, text: files[path] ?? '' }));
  const workflows = readWorkflows(sources);
  const problems = assignProblems(workflows, prompts);
  const found = prompts.flatMap((path) => {
    const facts = findCallSites(workflows, path, problems.get(path));
    return lint({ prompt: parsePrompt(files[path] ?? ''), facts }, rules)
      .filter(({ rule, severity }) => rule.group === 'files' || severity !== 'hint')
      .map(({ severity, id, uri, span }) => {
        const file = uri?.slice('file:///'.length) ?? path;
        const { line } = new LineMap(files[file] ?? '').position(span.start);
        return `${severity} ${id} in ${file}:${line + 1}`;
      });
  });
  return found.sort();
}

const kinds = {
  safe: safeRepositories,
  unsafe: unsafeRepositories,
  unknown: unknownRepositories,
};

for (const [kind, repositories] of Object.entries(kinds))
  for (const repository of repositories)
    test(`${kind}: ${repository.name}`, () => {
      assert.deepEqual(check(repository), [...repository.expected].sort());
      const isQuiet = check(repository).every((line) => /^(?:hint|info) /.test(line));
      assert.equal(isQuiet, kind !== 'unsafe');
    });

test('there are twenty, of each kind some', () => {
  assert.equal(Object.values(kinds).flat().length, 20);
});
