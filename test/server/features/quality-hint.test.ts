import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { hashPrompt } from '#core/eval/hashes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { pathToUri } from '#io/files.ts';
import { folderWith } from '#test/support/cli.ts';
import { headerOf, planOf, promptText } from '#test/support/evals.ts';
import { inProcess } from '#test/support/lsp-client.ts';

const TEXT = promptText('- { uses: promptsmith/contains, with: "{{input}}" }');

const COMPARISON = {
  base: '20261120T093000Z-000001',
  cases: 50,
  leftOut: { base: [], candidate: [] },
  toFailed: [],
  toPassed: [],
  errored: { base: 0, candidate: 0 },
  passRates: { base: 0.98, candidate: 0.98 },
  delta: 0,
  interval: [-0.04, 0.04],
  p: 1,
  detectable: 0.1,
  margin: 0.05,
  nonInferior: true,
  verdict: 'equivalent',
  changed: 0,
  differs: [],
};

function summaryOf(text: string, id: string, more: object = {}): string {
  const run = headerOf(planOf(text), { id, promptId: 'a', path: 'a.prompt.yaml' });
  const totals = { passed: 49, failed: 1, errored: 0, skipped: 0, noChecks: 0 };
  const passRate = { value: 0.98, low: 0.895, high: 0.999 };
  return JSON.stringify({ v: 1, run, end: 'done', totals, passRate, ...more });
}

test('the last eval result appears beside evaluators, and is stale once the prompt changes', async (t) => {
  const folder = await folderWith(t, { 'a.prompt.yaml': TEXT, '.promptsmith.yaml': '' });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const summary = (id: string) => join(folder, '.promptsmith/runs/a', id, 'summary.json');
  const put = async (id: string, text: string) => {
    await mkdir(dirname(summary(id)), { recursive: true });
    await writeFile(summary(id), text);
  };
  const client = await inProcess({ folder });
  await client.open(uri, TEXT);
  const hints = async (): Promise<{ label: string; line: number; tooltip: string }[]> => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const found = (await client.connection.sendRequest('textDocument/inlayHint', {
      textDocument: { uri },
      range,
    })) as { label: string; position: { line: number }; tooltip: { value: string } }[];
    return found
      .filter(({ label }) => label.includes('passed'))
      .map(({ label, position, tooltip }) => ({
        label,
        line: position.line,
        tooltip: tooltip.value,
      }));
  };
  /** The hints after a run was written, requested again after each refresh. */
  const after = async (path: string, shown = true) => {
    const begun = client.asked.length;
    const refreshed = (times: number) => () =>
      client.asked.slice(begun).filter((method) => method.includes('inlayHint')).length >= times;
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToUri(path), type: 1 }],
    });
    await client.until(refreshed(1));
    await hints();
    // The server now reads the runs and then requests another refresh.
    if (shown) await client.until(refreshed(2));
    return hints();
  };
  assert.deepEqual(await hints(), []);

  const first = '20261121T093000Z-000002';
  await put(first, summaryOf(TEXT, first, { comparison: COMPARISON }));
  const [hint] = await after(summary(first));
  assert.equal(hint?.label, '49/50 passed, ≥ 89 % · equivalent');
  assert.equal(TEXT.split('\n')[hint?.line ?? 0], 'evaluators:');
  assert.match(hint?.tooltip ?? '', /98 → 98 % of 50 cases pass[\s\S]*20261121T093000Z-000002/);

  // A newer run of another text is not shown if there is a run of this text.
  const other = TEXT.replace('Say', 'Tell');
  assert.notEqual(hashPrompt(parsePrompt(other)), hashPrompt(parsePrompt(TEXT)));
  await put(
    '20261122T093000Z-000003',
    summaryOf(other, '20261122T093000Z-000003', {
      totals: { passed: 1, failed: 48, errored: 1 },
      passRate: { value: 0.02, low: 0, high: 0.1 },
    }),
  );
  assert.equal((await after(summary(first)))[0]?.label, '49/50 passed, ≥ 89 % · equivalent');
  await rm(dirname(summary(first)), { recursive: true });
  const [stale] = await after(summary(first));
  assert.equal(stale?.label, 'stale: 1/49 passed, ≥ 0 % · 1 of 50 answers is missing');
  assert.match(stale?.tooltip ?? '', /has changed since this run/);

  // Broken and unfinished runs and those of a newer format are ignored.
  await rm(dirname(summary('20261122T093000Z-000003')), { recursive: true });
  await put('20261123T093000Z-000004', '{');
  await put('20261123T093000Z-000005', '{"v":3}');
  await put(
    '20261123T093000Z-000006',
    summaryOf(TEXT, '20261123T093000Z-000006', { end: 'cancelled' }),
  );
  assert.deepEqual(await after(summary(first)), []);
  assert.deepEqual(client.logged, []);
});
