import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRunId, parseRunTime } from '#core/eval/ids.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { headerOf, planOf } from '#test/support/evals.ts';
import { PROMPT } from '#test/support/runs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => createRunId(new Date(Date.now() - days * DAY_MS), days / 1000);
const [OLD, NEW, OTHER] = [daysAgo(100), daysAgo(10), daysAgo(50)];

const summary = (id: string, promptId: string, more: object = {}): string =>
  JSON.stringify({
    v: 1,
    run: headerOf(planOf(PROMPT), { id, promptId, at: new Date(parseRunTime(id)).toISOString() }),
    end: 'done',
    durationMs: 1,
    totals: { passed: 3, failed: 1, errored: 0, skipped: 0, noChecks: 0, cost: 0.5 },
    passRate: { value: 0.75, low: 0.3, high: 0.95 },
    ...more,
  });

const files = {
  '.promptsmith.yaml': 'runs: { keepDays: 90 }\n',
  [`.promptsmith/runs/support~triage/${OLD}/summary.json`]: summary(OLD, 'support/triage'),
  [`.promptsmith/runs/support~triage/${NEW}/summary.json`]: summary(NEW, 'support/triage', {
    comparison: { verdict: 'regression' },
  }),
  [`.promptsmith/runs/other/${OTHER}/events.jsonl`]: '',
  '.promptsmith/runs/other/notes.txt': 'not a run',
};

test('runs list shows what is stored, newest first', async (t) => {
  const cwd = await folderWith(t, files);
  const { code, stdout } = await promptsmith(['runs', 'list'], { cwd });
  assert.equal(code, 0);
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(/ +/)[0]),
    ['RUN', NEW, OTHER, OLD, 'This'],
  );
  assert.match(
    lines[1] ?? '',
    /\d+ \w{3} [\d ]*\d\d:\d\d +support\/triage +3 +4 of 4 +75 % +openai\/gpt-4o-mini +model +\$0\.5 +result +regression$/,
  );
  assert.match(lines[2] ?? '', /other +interrupted$/);
  const json = await promptsmith(['runs', '--prompt', 'support/triage', '--json'], { cwd });
  const listed = JSON.parse(json.stdout).runs;
  assert.deepEqual(
    listed.map((run: { id: string; verdict?: string }) => [run.id, run.verdict]),
    [
      [NEW, 'regression'],
      [OLD, undefined],
    ],
  );
  const broken = await promptsmith(['runs'], {
    cwd: await folderWith(t, {
      '.promptsmith/runs/a/20269999T999999Z-ffffff/events.jsonl': '',
      [`.promptsmith/runs/a/${OLD}/summary.json`]: '{}',
      [`.promptsmith/runs/a/${NEW}/summary.json`]: '{',
    }),
  });
  assert.match(broken.stdout, /ffffff +a +interrupted\n/);
  assert.equal(broken.stdout.match(/unreadable/g)?.length, 2);
  const reasons = broken.stdout.replace(/\s+/g, ' ');
  assert.match(
    reasons,
    /summary\.json: .*JSON.* is not a summary of a run This month: 0 runs, \$0 $/,
  );
  const none = await promptsmith(['runs'], { cwd: await folderWith(t, {}) });
  assert.equal(none.stdout, 'No stored runs.\n');
});

test('runs prune erases what is too old, and only runs', async (t) => {
  const cwd = await folderWith(t, files);
  const dry = await promptsmith(['runs', 'prune', '--dry-run'], { cwd });
  assert.match(dry.stdout, new RegExp(`${OLD} +support/triage\n1 run would be erased\n$`));
  const before = await promptsmith(['runs', 'list', '--json'], { cwd });
  assert.equal(JSON.parse(before.stdout).runs.length, 3);
  assert.match((await promptsmith(['runs', 'prune'], { cwd })).stdout, /1 run erased/);
  assert.deepEqual(await readdir(join(cwd, '.promptsmith/runs/support~triage')), [NEW]);
  const more = await promptsmith(['runs', 'prune', '--keep-days', '20', '--json'], { cwd });
  assert.deepEqual(JSON.parse(more.stdout).erased, [{ id: OTHER, promptId: 'other' }]);
  assert.deepEqual(await readdir(join(cwd, '.promptsmith/runs/other')), ['notes.txt']);
});

test('runs erase erases what is named, and nothing by accident', async (t) => {
  const cwd = await folderWith(t, { ...files, '.promptsmith.yaml': '' });
  for (const [args, message] of [
    [['erase'], /no runs selected: pass their ids, --prompt or --all/],
    [['erase', NEW, '20200101T000000Z-000000'], /there is no run 20200101T000000Z-000000/],
    [['erase', '../..'], /there is no run \.\.\/\.\./],
    [['prune'], /no age limit for runs: .*keepDays/],
    [['drop'], /Unknown command runs drop: use list, show, merge, prune or erase/],
    [['erase', '--prompt', '..'], /"\.\." is not a prompt id/],
  ] as const) {
    const { code, stderr } = await promptsmith(['runs', ...args], { cwd });
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
  assert.equal(JSON.parse((await promptsmith(['runs', '--json'], { cwd })).stdout).runs.length, 3);
  assert.match((await promptsmith(['runs', 'erase', NEW], { cwd })).stdout, /1 run erased/);
  const prompt = await promptsmith(['runs', 'erase', '--prompt', 'support/triage'], { cwd });
  assert.match(prompt.stdout, /1 run erased/);
  assert.deepEqual(await readdir(join(cwd, '.promptsmith/runs')), ['other']);
  assert.match((await promptsmith(['runs', 'erase', '--all'], { cwd })).stdout, /1 run erased/);
});
