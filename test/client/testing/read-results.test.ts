import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportRun } from '#client/testing/export-run.ts';
import { readCase } from '#client/testing/read-case.ts';
import { readResults } from '#client/testing/read-results.ts';
import { folderWith } from '#test/support/cli.ts';
import { writeLargeRuns } from '#test/support/large-runs.ts';

const CASES = 360;
const RUN = '20261102T090000Z-000002';

async function scene(t: Parameters<typeof folderWith>[0]) {
  const folder = await folderWith(t, { '.promptsmith.yaml': '' });
  await writeLargeRuns(folder, CASES);
  const file = join(folder, 'large.prompt.yaml');
  return { folder, prompt: { file, cwd: folder, text: await readFile(file, 'utf8') } };
}

test('a stored run is read with its baseline, in the order of the file', async (t) => {
  const { prompt } = await scene(t);
  const data = await readResults(prompt, RUN);
  const { rows, report, isPartial, continuation } = data;
  assert.equal(rows.length, CASES);
  assert.deepEqual(
    rows.slice(0, 3).map(({ id }) => id),
    ['case-0', 'case-1', 'case-2'],
  );
  assert.match(report.result[0]?.text ?? '', /^Not accepted: 330 of 360 cases pass/);
  assert.deepEqual(report.acceptance, [
    { met: false, requiredPassRate: null, text: 'every case has to pass: 91.7 % of cases passed' },
  ]);
  assert.match(report.comparisons[0]?.sides ?? '', /run 20261101T090000Z-000001/);
  assert.deepEqual([isPartial, continuation, data.models], [false, null, null]);
  assert.deepEqual([data.failures, report.failures.length], [30, 20]);
  assert.ok(report.failures[0]?.isNew, 'what passed before comes first');
  assert.equal(rows[10]?.base?.outcome, 'failed');
  assert.equal(rows[10]?.outcome, 'passed');
  assert.equal(report.slices.length, 5);
});

test('a case is read with both answers and its checks', async (t) => {
  const { prompt } = await scene(t);
  const { values, calls, base } = await readCase(prompt, RUN, 'case-10', null);
  assert.deepEqual(values, [['question', 'question 10']]);
  assert.equal(calls[0]?.answer, 'question 10');
  assert.equal(base[0]?.answer, 'I do not know.');
  assert.equal(base[0]?.results[0]?.passed, false);
});

test('models of one run stand beside its first', async (t) => {
  const { folder, prompt } = await scene(t);
  const path = join(folder, '.promptsmith/runs/large', RUN, 'events.jsonl');
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const [start = '', ...events] = lines;
  const both = [
    start.replace('"models":["acme/chat"]', '"models":["acme/chat","acme/other"]'),
    ...events.slice(0, -1),
    ...events.slice(0, -1).map((line) => line.replace('|acme/chat|', '|acme/other|')),
    events.at(-1) ?? '',
  ];
  await writeFile(path, `${both.join('\n')}\n`);
  const summaryPath = join(folder, '.promptsmith/runs/large', RUN, 'summary.json');
  const summary = JSON.parse(await readFile(summaryPath, 'utf8'));
  summary.run.models = ['acme/chat', 'acme/other'];
  summary.results.push({ ...summary.results[0], model: 'acme/other' });
  summary.comparison = {
    ...summary.comparison,
    base: RUN,
    baseModel: 'acme/chat',
    model: 'acme/other',
  };
  await writeFile(summaryPath, JSON.stringify(summary));
  const { rows, models, report } = await readResults(prompt, RUN);
  assert.deepEqual(
    report.models.map(({ model }) => model),
    ['acme/chat', 'acme/other'],
  );
  assert.equal(models?.rows.length, 2);
  assert.ok(
    report.failures.every(({ model }, i, all) => i === 0 || model >= (all[i - 1]?.model ?? '')),
  );
  assert.equal(rows.filter(({ base }) => base !== null).length, CASES);
  assert.ok(rows.every(({ model, base }) => (base !== null) === (model === 'acme/other')));
});

test('a run is exported in each format; what is gone or has changed since is said', async (t) => {
  const { folder, prompt } = await scene(t);
  assert.match(await exportRun(prompt, RUN, 'html'), /case-359/);
  assert.match(await exportRun(prompt, RUN, 'junit'), /<testsuites [^>]*tests="360"/);
  assert.equal((await exportRun(prompt, RUN, 'csv')).trim().split('\n').length, CASES + 1);
  const { cases, comparison } = JSON.parse(await exportRun(prompt, RUN, 'json'));
  assert.deepEqual([cases.length, comparison.cases], [CASES, CASES]);
  await assert.rejects(readResults(prompt, '20261103T090000Z-000003'), /no longer stored/);
  await writeFile(join(folder, 'cases.csv'), 'question\nother\n');
  await assert.rejects(exportRun(prompt, RUN, 'html'), /test rows have changed/);
});
