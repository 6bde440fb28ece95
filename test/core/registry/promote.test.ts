import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#core/lint/engine/rule.ts';
import { type Policy, resolvePolicy } from '#core/registry/policy.ts';
import type { GateInput } from '#core/registry/promote.ts';
import { readSettings } from '#core/settings.ts';
import {
  baseOf,
  CASES,
  GUARDED,
  gate,
  gatedOf,
  MODEL,
  NOW,
  refused,
  runOf,
  UNFIT,
} from './gates.ts';

const good = runOf({ id: 'good' });
const strict: Policy = { ...GUARDED, gate: 'non-inferior' };

test('a label without a policy requires nothing, production no regression', () => {
  assert.deepEqual(resolvePolicy('production', { promotion: {} }), GUARDED);
  assert.equal(resolvePolicy('dev', { promotion: {} }).gate, 'any');
  assert.equal(resolvePolicy('toString', { promotion: {} }).gate, 'any');
  const own = resolvePolicy('dev', { promotion: { dev: { gate: 'non-inferior', approvals: 2 } } });
  assert.deepEqual([own.gate, own.approvals, own.lint], ['non-inferior', 2, 'error']);
});

test('settings name the gate, the evidence and the label before; the old name floor is read', () => {
  const { settings, complaints } = readSettings({
    promotion: {
      staging: { gate: 'floor', evidence: 'samples' },
      production: { after: 'staging', maxAnswerAge: 7 },
    },
  });
  assert.deepEqual(complaints, []);
  const staging = resolvePolicy('staging', settings);
  assert.deepEqual([staging.gate, staging.evidence], ['no-regression', 'samples']);
  const production = resolvePolicy('production', settings);
  assert.deepEqual([production.after, production.maxAnswerAge], ['staging', 7]);
  const wrong = readSettings({ promotion: { staging: { gate: 'floors' } } }).complaints;
  assert.match(wrong[0]?.message ?? '', /`no-regression`/);
  assert.doesNotMatch(wrong[0]?.message ?? '', /`floor`/);
});

test('no-regression: an eval of all cases, acceptance, must cases, no regression', () => {
  assert.deepEqual(refused({}), []);
  assert.match(refused({ runs: [] })[0] ?? '', /^eval: no eval of this content/);
  const must = refused({ runs: [runOf({ id: 'must', fails: (i) => i === 0 })] });
  assert.deepEqual(must, ['acceptance: required test c0: 0 % of its repeats passed']);
  const poor = refused({ runs: [runOf({ id: 'poor', fails: (i) => i > 15 })] });
  assert.deepEqual(poor, ['acceptance: passRate is 40 %, required: at least 50 %']);
  const worse = [runOf({ id: 'worse', fails: (i) => i >= 30 })];
  assert.deepEqual(refused({ runs: worse }), []);
  assert.match(
    refused({ runs: worse, base: baseOf([good]) })[0] ?? '',
    /^verdict: compared with 1\.0\.0 \(.*\): regression/,
  );
});

test('the line of a demand names model, date, number of cases and source', () => {
  const [line] = gate({}).demands.filter(({ name }) => name === 'eval');
  assert.equal(
    line?.text,
    `40 of 40 cases passed on ${MODEL} (95 % CI 91–100 %), run good of 2026-11-21 with 40/40, answers: 40 from the model`,
  );
  const two = gate({ runs: [good, runOf({ id: 'other', at: '2026-11-22T08:00:00.000Z' })] });
  assert.match(
    two.demands.find(({ name }) => name === 'eval')?.text ?? '',
    /2 runs together: other of 2026-11-22 with 40\/40, .*, good of 2026-11-21 with 40\/40/,
  );
  assert.deepEqual(two.runs, ['other', 'good']);
});

test('a gate never opens on a run that is unfit in any one way', () => {
  for (const [what, shape, reason] of UNFIT) {
    const found = refused({ runs: [runOf(shape)] });
    assert.equal(found.length, 1, `${what}: ${found.join()}`);
    assert.match(found[0] ?? '', /^eval: /, what);
    assert.match(found[0] ?? '', reason, what);
    // A fit run beside it opens the gate, and the unfit one does not change its figures.
    const beside = gate({ runs: [runOf(shape), good] });
    assert.equal(beside.passed, true, what);
    assert.deepEqual(beside.runs, ['good'], what);
  }
});

test('a run of the label’s version that is unfit is no base; without a base nothing moves', () => {
  for (const [what, shape] of UNFIT.filter(
    ([one]) => !/holdout|cases are missing|other rows/.test(one),
  )) {
    const spoilt = runOf({ ...shape, id: 'spoilt', at: '2026-11-25T00:00:00.000Z' });
    for (const policy of [GUARDED, strict]) {
      const alone = refused({ policy, base: baseOf([spoilt]) });
      assert.equal(alone.length, 1, `${what}: ${alone.join()}`);
      assert.match(
        alone[0] ?? '',
        /^verdict: 1\.0\.0 has no run that is fit to compare with/,
        what,
      );
      assert.match(alone[0] ?? '', /promptsmith eval team\/say@1\.0\.0/, what);
    }
    const worse = [runOf({ id: 'worse', fails: (i) => i >= 30 })];
    const base = baseOf([good, spoilt]);
    assert.match(refused({ runs: worse, base })[0] ?? '', /: regression/, what);
  }
  assert.match(refused({ base: baseOf([]) })[0] ?? '', /^verdict: /);
});

test('asking again until one is lucky moves nothing', () => {
  const base = baseOf([good]);
  const poor = (id: string, seed: number) => runOf({ id, fails: (i) => (i + seed) % 4 === 1 });
  const lucky = runOf({ id: 'lucky', at: '2026-11-26T00:00:00.000Z' });
  const tries = [poor('a', 0), poor('b', 1), poor('c', 2)];
  assert.deepEqual(refused({ runs: [lucky], base }), [], 'alone it would pass');
  assert.match(refused({ runs: [...tries, lucky], base })[0] ?? '', /: regression/);
});

test('a refusal after several evals names the interval that counts', () => {
  const base = baseOf([runOf({ id: 'old', fails: (i) => i >= 34 })]);
  const first = runOf({
    id: 'first',
    at: '2026-11-22T00:00:00.000Z',
    fails: (i) => (i > 0 && i < 10) || i >= 34,
  });
  const lucky = [23, 24, 25].map((day) =>
    runOf({ id: `g${day}`, at: `2026-11-${day}T00:00:00.000Z` }),
  );
  const runs = [first, ...lucky];
  assert.match(
    refused({ runs, base, margin: 0.02 })[0] ?? '',
    /; the first comparison was a regression \(−22\.5 points, p = \.004\), so all runs together have to be within 2 points, and the 99\.7 % CI counts: −/,
  );
  const worse = lucky.map((run) =>
    runOf({ id: run.run.id, at: run.run.at, fails: (i) => i >= 32 }),
  );
  assert.match(
    refused({ runs: worse, base, margin: 0.01, policy: strict })[0] ?? '',
    /; 3 comparisons were possible, so the 99\.4 % CI counts: −/,
  );
});

test('a prompt without a model is judged on one model on both sides', () => {
  const without = { model: null };
  const other = ['openai/gpt-5'];
  const on = (id: string, day: number, shape: Partial<Parameters<typeof runOf>[0]> = {}) =>
    runOf({ id, at: `2026-11-${day}T00:00:00.000Z`, run: { model: null }, ...shape });
  const newest = on('newest', 24, { fails: (i) => i >= 30 });
  const runs = [newest, on('older', 23, { models: other })];
  const candidate = gatedOf(runs, '1.1.0', without);
  assert.deepEqual(gate({ candidate }).runs, ['newest'], 'runs on other models are no repeats');
  const base = baseOf([on('base', 20, { models: other, fails: (i) => i >= 20 })]);
  const prompt = candidate.prompt;
  assert.match(
    refused({ candidate, base: { ...base, prompt } })[0] ?? '',
    /^verdict: 1\.0\.0 has no run .*ran on openai\/gpt-5, not on openai\/gpt-4o-mini/,
  );
});

test('a version that is no longer in the registry is no baseline, even if it has the same hashes', () => {
  const { version, prompt } = gatedOf([good], '1.1.0');
  const gone = {
    version: { ...version, version: '1.0.0' },
    prompt,
    runs: [],
    isGone: true,
  } as const;
  assert.match(
    refused({ candidate: gatedOf([good], '1.1.0'), base: gone })[0] ?? '',
    /^verdict: 1\.0\.0 has no run that is fit to compare with/,
  );
});

test('an answer that several runs share through the cache counts once', () => {
  const at = '2026-11-20T00:00:00.000Z';
  const first = runOf({ id: 'first', answeredAt: at, fails: (i) => i === 3 });
  // The same answers, judged again by luck.
  const again = runOf({
    id: 'again',
    answeredAt: at,
    source: 'cache',
    at: '2026-11-22T00:00:00.000Z',
  });
  const { demands, runs } = gate({ runs: [again, first] });
  assert.equal(runs.length, 2);
  assert.match(demands.find(({ name }) => name === 'eval')?.text ?? '', /^39 of 40 cases passed/);
});

test('evidence: recordings and samples count only where the policy says so, and on every line', () => {
  const samples = [runOf({ id: 's', source: 'sample' })];
  const policy: Policy = { ...GUARDED, evidence: 'samples' };
  const open = gate({ policy, runs: samples });
  assert.equal(open.passed, true);
  assert.match(
    open.demands.find(({ name }) => name === 'eval')?.text ?? '',
    /40 samples written by hand/,
  );
  // Both sides are of one kind.
  assert.match(refused({ policy, runs: samples, base: baseOf([good]) })[0] ?? '', /not samples/);
  const mixed = gate({ policy, runs: [...samples, good], base: baseOf([good]) });
  assert.deepEqual(mixed.runs, ['good'], 'the stronger kind speaks');
  assert.deepEqual(
    refused({
      policy: { ...GUARDED, evidence: 'recorded' },
      runs: [runOf({ id: 'r', source: 'recording' })],
    }),
    [],
  );
});

test('one missing answer of many is judged at its worst', () => {
  const lossy = (more: Parameters<typeof runOf>[0]) => runOf({ ...more, errors: (i) => i === 39 });
  const policy: Policy = { ...GUARDED, maxErrorRate: 0.05 };
  assert.deepEqual(refused({ policy, runs: [lossy({ id: 'l' })] }), []);
  // With 20 of 39 passed the required half is met only if the missing one passes.
  const edge = [lossy({ id: 'l', fails: (i) => i >= 19 })];
  assert.match(refused({ policy, runs: edge })[0] ?? '', /missing answers decide it/);
  const five = [lossy({ id: 'l', fails: (i) => i > 0 && i <= 5 })];
  const base = baseOf([good]);
  assert.match(refused({ policy, runs: five, base })[0] ?? '', /: incomplete/);
  const proof = {
    policy: { ...policy, gate: 'non-inferior' },
    runs: [lossy({ id: 'l' })],
    base,
  } as const;
  assert.equal(gate({ ...proof, margin: 0.12 }).passed, true);
  assert.match(
    refused({ ...proof, margin: 0.08 })[0] ?? '',
    /^verdict/,
    'it would be proof only at best',
  );
});

test('an unknown verdict blocks both presets; no proof blocks non-inferior', () => {
  // One case of forty turned: no regression, but no proof either.
  const turned = {
    runs: [runOf({ id: 't', fails: (i) => i === 5 })],
    base: baseOf([good]),
  };
  assert.deepEqual(refused(turned), []);
  assert.match(refused({ ...turned, policy: strict })[0] ?? '', /^verdict: compared with 1\.0\.0/);
  assert.equal(gate({ ...turned, margin: 0.3, policy: strict }).passed, true);
});

test('candidates of a run neither help nor harm the file’s own model', () => {
  const fails = (i: number, model: string) => model === 'acme/bad' && i > 0 && i < 15;
  const both = runOf({ id: 'both', models: [MODEL, 'acme/bad'], fails });
  assert.deepEqual(refused({ runs: [both], base: baseOf([good]) }), []);
  const reverse = runOf({
    id: 'reverse',
    models: [MODEL, 'acme/fine'],
    fails: (i, model) => model === MODEL && i > 0 && i < 15,
  });
  assert.match(refused({ runs: [reverse], base: baseOf([good]) })[0] ?? '', /: regression/);
});

test('a version that sends the same as the label’s version has nothing to lose', () => {
  const base = gatedOf([good], '1.0.0');
  const same = gate({ base });
  assert.equal(same.passed, true);
  const [verdict] = same.demands.filter(({ name }) => name === 'verdict');
  assert.match(verdict?.text ?? '', /sends the same as 1\.0\.0/);
  const cost = refused({ base, policy: { ...GUARDED, maxCostFactor: 1 } });
  assert.deepEqual(cost, []);
});

test('without acceptance every case has to pass, as in eval', () => {
  const bare = (fails: (i: number) => boolean) =>
    refused({ candidate: gatedOf([runOf({ id: 'b', fails })], '1.1.0', { acceptance: null }) });
  assert.deepEqual(
    bare(() => false),
    [],
  );
  assert.match(bare((i) => i === 7)[0] ?? '', /^acceptance: every case has to pass: 97\.5 %/);
  assert.equal(CASES, 40);
});

test('lint and cost; an unknown cost is not within any limit', () => {
  const finding = {
    id: 'schema',
    severity: 'error',
    message: 'no',
    span: { start: 0, end: 0 },
  } as Finding;
  assert.deepEqual(refused({ findings: [finding] }), ['lint: error schema: no']);
  assert.deepEqual(refused({ findings: [{ ...finding, severity: 'warning' }] }), []);
  assert.deepEqual(refused({ findings: [{ ...finding, suppressed: {} }] }), []);
  assert.deepEqual(refused({ findings: [finding], policy: { ...GUARDED, lint: 'off' } }), []);
  const base = baseOf([good]);
  const at = (cost: number | null) =>
    refused({
      policy: { ...GUARDED, maxCostFactor: 1.5 },
      base,
      runs: [runOf({ id: 'new', cost })],
    });
  assert.match(at(0.002)[0] ?? '', /^cost: cost per call is 2 times that of 1\.0\.0, limit 1\.5/);
  assert.deepEqual(at(0.0015), []);
  assert.match(at(0.00151)[0] ?? '', /^cost: /);
  assert.match(at(null)[0] ?? '', /^cost: the cost per call of this version is unknown/);
  // What a missing answer costs is unknown; on the other side it may have cost nothing.
  const lossy = (id: string) => runOf({ id, errors: (i) => i === 39 });
  const asked = { policy: { ...GUARDED, maxErrorRate: 0.05, maxCostFactor: 1 } };
  assert.deepEqual(refused({ ...asked, runs: [lossy('lossy')], base }), [
    'cost: 1 answer is missing, so the cost per call cannot be held to 1 times that of 1.0.0',
  ]);
  const spoilt = baseOf([lossy('spoilt')]);
  assert.match(
    refused({ ...asked, base: spoilt })[0] ?? '',
    /^cost: cost per call is 1\.03 times that of 1\.0\.0, limit 1 times/,
  );
  assert.deepEqual(refused({ policy: { ...GUARDED, gate: 'any', lint: 'off' }, runs: [] }), []);
});

test('after: a label may only get a version that the named label has or had', () => {
  const policy: Policy = { ...GUARDED, after: 'staging' };
  const moved = (...moves: GateInput['moves']) => refused({ policy, moves });
  assert.deepEqual(moved(), ['after: staging has never pointed to 1.1.0']);
  assert.match(moved({ label: 'dev', version: '1.1.0' })[0] ?? '', /^after/);
  assert.match(moved({ label: 'staging', version: '1.0.0' })[0] ?? '', /^after/);
  assert.deepEqual(
    moved({ label: 'staging', version: '1.1.0' }, { label: 'staging', version: '1.2.0' }),
    [],
  );
  assert.deepEqual(moved({ label: 'staging', version: '1.0.0', split: { '1.1.0': 5 } }), []);
});

test('approvals: the author and blank names do not count, and each person counts once', () => {
  const approvals = (needed: number, ...people: string[]) =>
    refused({ policy: { ...GUARDED, approvals: needed }, people });
  const none = ['approvals: 0 of 1 required approvals (author ada does not count)'];
  for (const name of [
    '',
    ' ',
    '\t',
    '\u200b',
    '\u00a0',
    'ada',
    'ada ',
    'ADA',
    'Ada',
    'ａｄａ',
    'a\u00adda',
  ])
    assert.deepEqual(approvals(1, 'ada', name), none, JSON.stringify(name));
  // The author is the author in every spelling, also as the only name.
  for (const name of ['ada', 'ADA', 'ada ']) assert.deepEqual(approvals(1, name), none);
  assert.deepEqual(approvals(1, 'ada', 'bob'), []);
  for (const twin of ['Bob', 'BOB', 'bob ', ' bob', 'ｂｏｂ', 'bob'])
    assert.deepEqual(
      approvals(2, 'ada', 'bob', twin),
      ['approvals: 1 of 2 required approvals: bob (author ada does not count)'],
      JSON.stringify(twin),
    );
  for (const [name, twin] of [
    ['Zoë', 'Zoe\u0308'],
    ['Groß', 'GROSS'],
    ['A™', 'atm'],
    ['\u0390', '\u03aa\u0301'],
    ['Νίκος', 'ΝΊΚΟΣ'],
    ['Bob  Lee', 'bob\tlee'],
  ] as const)
    assert.equal(approvals(2, name, twin).length, 1, name);
  assert.deepEqual(approvals(2, 'ada', 'bob', 'Bob', 'Cleo'), []);
  assert.ok(NOW > 0);
});
