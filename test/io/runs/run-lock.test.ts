import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findLockProblem, lockRun } from '#io/runs/run-lock.ts';
import { folderWith } from '../../support/cli.ts';

const RUN = '20261121T093000Z-1a2b3c';
const host = hostname();

test('a run is held until it is released', async (t) => {
  const folder = await folderWith(t, {});
  const lock = lockRun(folder, RUN);
  assert.throws(
    () => lockRun(folder, RUN),
    new RegExp(`run ${RUN} is being written by process ${process.pid} on .*delete .*lock`),
  );
  assert.match(findLockProblem(folder, RUN) ?? '', /is being written/);
  lock.release();
  assert.equal(findLockProblem(folder, RUN), null);
  lockRun(folder, RUN).release();
  assert.ok(!existsSync(join(folder, 'lock')));
});

test('what a process has left behind is taken over, what lives elsewhere is not', async (t) => {
  const folder = await folderWith(t, {});
  const path = join(folder, 'lock');
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  const left = [
    JSON.stringify({ pid: gone.pid, host, since: 0 }),
    // The same number, an earlier process: usual in containers.
    JSON.stringify({ pid: process.pid, host, since: 1 }),
    '{"pid":',
    '',
  ];
  for (const text of left) {
    writeFileSync(path, text);
    assert.equal(findLockProblem(folder, RUN), null, text);
    const lock = lockRun(folder, RUN);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).pid, process.pid);
    lock.release();
  }
  for (const holder of [
    { pid: process.ppid, host, since: 0 },
    { pid: 1, host: `${host}-other`, since: 0 },
    // Dead here, which says nothing of another machine.
    { pid: gone.pid, host: `${host}-other`, since: 0 },
  ]) {
    writeFileSync(path, JSON.stringify(holder));
    assert.throws(() => lockRun(folder, RUN), new RegExp(`process ${holder.pid} on`));
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), holder);
  }
});
