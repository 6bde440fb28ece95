import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { createBoundedRegex } from '#io/regex.ts';

/** Takes for ever on a text that does not match. */
const SLOW = '^(a+)+$';
const HOSTILE = `${'a'.repeat(40)}!`;

/** Milliseconds on the clock that a call takes. */
function measure(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

test('a hostile pattern is stopped, and the next one works', () => {
  const regex = createBoundedRegex();
  const ms = measure(() => assert.deepEqual(regex.exec(SLOW, '', HOSTILE), { kind: 'timeout' }));
  assert.ok(ms < 2500, `${ms} ms`);
  assert.deepEqual(regex.exec('(a)(b)?', '', 'xa'), {
    kind: 'match',
    text: 'a',
    groups: ['a', undefined],
  });
  assert.deepEqual(regex.exec('b', '', 'xa'), { kind: 'none' });
  assert.deepEqual(
    regex.within(() => 7),
    { kind: 'done', value: 7 },
  );
  assert.throws(
    () =>
      regex.within(() => {
        throw new RangeError('mine');
      }),
    RangeError,
  );
});

test('a limit is processor time: what waited is tried again, what used it up is not', () => {
  /** A call that waits as if the processor were busy elsewhere, and counts its attempts. */
  const wait = (cpuPerAttempt: number, waits: number) => {
    let cpu = 0;
    let attempts = 0;
    const regex = createBoundedRegex({ workMs: 300, cpuMs: () => cpu });
    const result = regex.within(() => {
      attempts++;
      cpu += cpuPerAttempt;
      if (attempts <= waits) for (const end = performance.now() + 5000; performance.now() < end; );
      return attempts;
    });
    return { result, attempts };
  };
  assert.deepEqual(wait(1, 1), { result: { kind: 'done', value: 2 }, attempts: 2 });
  assert.deepEqual(wait(1, 9), { result: { kind: 'timeout' }, attempts: 2 });
  assert.deepEqual(wait(300, 1), { result: { kind: 'timeout' }, attempts: 1 });
  assert.deepEqual(wait(1, 0), { result: { kind: 'done', value: 1 }, attempts: 1 });
  // Its first attempt had a quarter of the time; the second had more than all of it.
  const readings = [0, 25, 25, 400];
  let attempts = 0;
  const slow = createBoundedRegex({ workMs: 100, cpuMs: () => readings.shift() ?? 0 });
  const result = slow.within(() => {
    if (attempts++ === 0) for (const end = performance.now() + 5000; performance.now() < end; );
  });
  assert.deepEqual([result, attempts], [{ kind: 'timeout' }, 2]);
});

test('a hostile pattern takes about a second where it gets no processor time', () => {
  const regex = createBoundedRegex({ cpuMs: () => 0 });
  const ms = measure(() => assert.deepEqual(regex.exec(SLOW, '', HOSTILE), { kind: 'timeout' }));
  assert.ok(ms > 900 && ms < 3000, `${ms} ms`);
});

test('under six busy loops harmless patterns match and hostile ones are stopped', async (t) => {
  const loops = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['-e', 'console.log(1); for (;;);'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  t.after(() => loops.map((loop) => loop.kill('SIGKILL')));
  await Promise.all(
    loops.map((loop) => new Promise((resolve) => loop.stdout.once('data', resolve))),
  );
  const regex = createBoundedRegex();
  const end = performance.now() + 3000;
  let matches = 0;
  while (performance.now() < end && matches < 5000) {
    assert.deepEqual(regex.exec('\\*\\*', '', 'bil'), { kind: 'none' });
    assert.equal(regex.exec('^[a-z]+$', 'i', 'billing'.repeat(20)).kind, 'match');
    matches++;
  }
  const ms = measure(() => assert.equal(regex.exec(SLOW, '', HOSTILE).kind, 'timeout'));
  assert.ok(ms < 4000, `${ms} ms`);
});
