import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import { type Answers, askAll, findContradictions } from '#test/support/lossy-questions.ts';
import {
  buildRun,
  completeRun,
  createGoldenSet,
  deleteJobs,
  type GivenJob,
  type GoldenSet,
  JUDGED,
  type LossyJob,
  type LossyRun,
} from '#test/support/lossy-runs.ts';

/** More of them are an attack of their own: `SCENES=1000 npm test -- missing-answers`. */
const SCENES = Number(process.env.SCENES ?? 25);
const MODELS = ['openai/gpt-4o-mini', 'acme/one', 'acme/two'];

interface Scene {
  readonly set: GoldenSet;
  readonly base: LossyRun;
  readonly candidates: readonly LossyRun[];
  readonly again: LossyRun | null;
  readonly margin: number;
  readonly maxCostFactor: number | null;
}

function pick<T>(values: readonly T[], random: Rng): T {
  const value = values[random.below(values.length)];
  assert.ok(value !== undefined);
  return value;
}

/** Draws complete runs of one golden set: a baseline and one to three prompts. */
function drawScene(random: Rng): Scene {
  const n = 6 + random.below(40);
  const repeat = pick([1, 3], random);
  const groups = pick([0, 0, 3, 8, 15], random);
  const hasCriteria = random.uniform() < 0.7;
  const rate = Math.round(random.uniform() * 20) / 20;
  const acceptance = {
    ...(random.uniform() < 0.5 ? { passRate: rate } : {}),
    ...(random.uniform() < 0.4 ? { metrics: { [JUDGED]: random.uniform() } } : {}),
    ...(random.uniform() < 0.3 ? { p95LatencyMs: 800 + random.below(400) } : {}),
    ...(random.uniform() < 0.2 ? { maxCostPerCall: 0.0015 + random.uniform() / 1000 } : {}),
  };
  const rows = Array.from({ length: n }, (_, i) => ({
    ...(groups > 0 && random.uniform() < 0.8 ? { group: `g${random.below(groups)}` } : {}),
    tag: pick(['long', 'short'], random),
    must: i === 0 && random.uniform() < 0.3,
  }));
  const set = createGoldenSet(rows, hasCriteria ? acceptance : null);
  const models = MODELS.slice(0, pick([1, 1, 2, 3], random));
  const judgeWeight = pick([0, 0, 1], random);
  const ease = rows.map(() => (random.uniform() < 0.75 ? 0.97 : random.uniform()));
  const noise = pick([0, 0, 0.1, 1], random);
  const draw = (id: string, own: readonly string[]): LossyRun => {
    const shift = pick([0, 0, -0.15, -0.4, 0.15], random);
    const jobs = rows.flatMap((_, i) =>
      own.flatMap((model) =>
        Array.from({ length: repeat }, (__, k): LossyJob => {
          const settled = (ease[i] ?? 0) > 0.5 ? 1 : 0;
          const base = random.uniform() < noise ? (ease[i] ?? 0) : settled;
          return {
            ...{ case: `c${i}`, model, repeat: k },
            passed: random.uniform() < base + shift,
            score: random.uniform() < 0.8 ? 0.5 + random.uniform() / 2 : random.uniform(),
            latencyMs: 500 + random.below(500),
            cost: 0.001 + random.uniform() / 1000,
          };
        }),
      ),
    );
    return { id, models: own, repeat, judgeWeight, jobs };
  };
  const names = ['a', 'b', 'c'].slice(0, pick([1, 1, 3], random));
  const base = draw('base', random.uniform() < 0.5 ? models : MODELS.slice(0, 1));
  return {
    set,
    base,
    candidates: names.map((name) => draw(name, models)),
    again: random.uniform() < 0.3 ? draw('again', models) : null,
    margin: pick([0.02, 0.05, 0.1, 0.2], random),
    maxCostFactor: pick([null, null, 1, 1.5], random),
  };
}

/** How the missing jobs of one run are filled in. */
type Filling = (job: LossyJob) => GivenJob;

const WORST: GivenJob = { passed: false, score: 0, latencyMs: 60_000, cost: 1 };
const BEST: GivenJob = { passed: true, score: 1, latencyMs: 0, cost: 0 };

function drawFilling(random: Rng): Filling {
  const passes = pick([0, 0.1, 0.5, 0.9, 1], random);
  const [slow, dear] = [random.uniform(), random.uniform()];
  // By case: all repeats of one alike.
  const byCase = random.uniform() < 0.5;
  const salt = random.uint32();
  return (job) => {
    const own = byCase ? createRng(salt + Number(job.case.slice(1))) : random;
    const share = own.uniform();
    return {
      passed: share < passes,
      score: pick([Number(share < passes), random.uniform()], random),
      latencyMs: random.uniform() < slow ? random.below(60_000) : 0,
      cost: random.uniform() < dear ? random.uniform() : 0,
    };
  };
}

function completions(random: Rng, count: number): [base: Filling, candidate: Filling][] {
  return [
    [() => BEST, () => WORST],
    [() => WORST, () => BEST],
    ...Array.from({ length: count }, (): [Filling, Filling] => [
      drawFilling(random),
      drawFilling(random),
    ]),
  ];
}

test('whatever a run with missing answers decides, every completion of it decides the same', () => {
  const found: string[] = [];
  let [decided, open, gates] = [0, 0, 0];
  for (let seed = 0; seed < SCENES; seed++) {
    const random = createRng(seed);
    const whole = drawScene(random);
    const share = pick([0.01, 0.02, 0.05, 0.1, 0.4], random);
    const burst = pick([1, 1, 6], random);
    const lose = (run: LossyRun) =>
      random.uniform() < 0.8 ? deleteJobs(run, share, burst, random) : run;
    const lossy = {
      ...whole,
      base: lose(whole.base),
      candidates: whole.candidates.map(lose),
      again: whole.again && lose(whole.again),
    };
    const answers = ask(lossy);
    for (const [question, answer] of answers) {
      if (answer === null) open++;
      else decided++;
      if (answer === true && question.includes('gate')) gates++;
    }
    for (const [i, [base, candidate]] of completions(random, 10).entries()) {
      const complete = ask({
        ...lossy,
        base: completeRun(lossy.base, base),
        candidates: lossy.candidates.map((run) => completeRun(run, candidate)),
        again: lossy.again && completeRun(lossy.again, candidate),
      });
      for (const one of findContradictions(answers, complete))
        found.push(`seed ${seed}, completion ${i}: ${one}`);
    }
  }
  assert.deepEqual(found, []);
  assert.ok(decided > 300 && open > 100, `${decided} decided, ${open} open`);
  assert.ok(gates > 5, `${gates} open gates`);
});

function ask({ set, base, candidates, again, margin, maxCostFactor }: Scene): Answers {
  return askAll({
    set,
    again: again && buildRun(again, set),
    base: buildRun(base, set),
    candidates: candidates.map((run) => buildRun(run, set)),
    margin,
    maxCostFactor,
  });
}
