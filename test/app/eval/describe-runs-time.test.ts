import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeRuns } from '#app/eval/describe-runs.ts';
import { createRunId } from '#core/eval/ids.ts';
import { RunStore } from '#io/runs/run-store.ts';
import { folderWith } from '#test/support/cli.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, rows } from '#test/support/runs.ts';

test('500 runs are listed in less than a second', async (t) => {
  const folder = await folderWith(t, {});
  const plan = planOf(promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(50)));
  const { summary } = await outcomeOf(plan, echo);
  for (let i = 0; i < 500; i++) {
    const at = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000);
    const id = createRunId(at, 0.5);
    const run = { ...summary.run, id, promptId: `p${i % 5}`, at: at.toISOString() };
    const path = join(folder, 'runs', run.promptId, id);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'summary.json'), JSON.stringify({ ...summary, run }));
  }
  const store = new RunStore(folder);
  const before = cpuMs();
  const listed = await describeRuns(store, await store.list());
  const spent = cpuMs() - before;
  assert.equal(listed.length, 500);
  assert.deepEqual(
    listed.map(({ at }) => at),
    listed
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  );
  assert.ok(listed.every(({ fitness }) => fitness?.result.length === 0));
  assert.ok(spent < 1000, `${spent} ms`);
});
