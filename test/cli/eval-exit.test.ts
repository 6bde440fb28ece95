import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvalOutcome } from '#app/eval/eval-event.ts';
import { exitCode, type JudgedEval } from '#cli/eval-exit.ts';
import { compareRuns } from '#core/eval/compare/compare.ts';
import { modelOf, planOf, promptText, TARGET } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, end, failure, rows } from '#test/support/runs.ts';

const EVALUATORS = '- { uses: promptsmith/contains, with: "{{input}}" }';
const planWith = (more = '') => planOf(promptText(EVALUATORS, rows(30)) + more);
const mute = modelOf(() => end('nothing'));

type Judged = JudgedEval & { readonly outcome: EvalOutcome };

async function judged(model = echo, more = ''): Promise<Judged> {
  return { outcome: await outcomeOf(planWith(more), model), comparisons: [] };
}

test('passed is 0, failed is 1, and --fail-on never forgives failures', async () => {
  const [good, bad] = [await judged(), await judged(mute)];
  assert.equal(exitCode([good], 'any', false), 0);
  assert.equal(exitCode([good, bad], 'any', false), 1);
  assert.equal(exitCode([good, bad], 'never', false), 0);
  assert.equal(exitCode([bad], 'regression', false), 0, 'only a regression counts');
});

test('acceptance decides instead of single cases', async () => {
  assert.equal(exitCode([await judged(mute, 'acceptance: { passRate: 0 }\n')], 'any', false), 0);
  assert.equal(exitCode([await judged(mute, 'acceptance: { passRate: 0.1 }\n')], 'any', false), 1);
});

test('a regression and what is not shown to be as good fail by their policies', async () => {
  const [base, same, bad] = [await judged(), await judged(), await judged(mute)];
  const compare = (now: Judged) => {
    const [of, to] = [base.outcome.results, now.outcome.results];
    const compared = compareRuns(of, to, { margin: 0.05 });
    assert.ok(!('error' in compared));
    return { ...now, comparisons: compared };
  };
  assert.equal(exitCode([compare(bad)], 'regression', false), 1);
  assert.equal(exitCode([compare(bad)], 'inferior', false), 1);
  assert.equal(exitCode([compare(same)], 'regression', false), 0);
  assert.equal(exitCode([compare(same)], 'inferior', false), 1, '30 equal cases do not show it');
});

test('missing answers decide nothing: 2, whatever is asked', async () => {
  const lossy = (lost: number) =>
    modelOf((request) => {
      const n = Number(request.why.case.slice(1));
      const answer = end(request.messages.at(-1)?.content ?? '');
      return n < lost ? failure({ kind: 'rate-limit' }) : answer;
    });
  const base = await judged();
  const now = await judged(lossy(16));
  const compared = compareRuns(base.outcome.results, now.outcome.results);
  assert.ok(!('error' in compared));
  const run = { ...now, comparisons: compared };
  for (const policy of ['any', 'regression', 'inferior'] as const)
    assert.equal(exitCode([run], policy, false), 2, policy);
  assert.equal(exitCode([run], 'never', false), 0);
  const bad = await judged(mute);
  assert.equal(
    exitCode([run, bad], 'any', false),
    2,
    'the one that can be asked again comes first',
  );
});

test('candidates never decide', async () => {
  const plan = planOf(promptText(EVALUATORS, rows(30)), {
    models: [TARGET, { ...TARGET, id: 'openai/bad', model: 'bad' }],
  });
  const model = modelOf(({ model: name, messages }) =>
    name === 'bad' ? end('nothing') : end(messages.at(-1)?.content ?? ''),
  );
  const outcome = await outcomeOf(plan, model);
  const base = await outcomeOf(plan, echo);
  const comparisons = compareRuns(base.results, outcome.results);
  assert.ok(!('error' in comparisons));
  assert.deepEqual(
    comparisons.map(({ verdict }) => verdict),
    ['underpowered', 'regression'],
  );
  for (const policy of ['any', 'regression'] as const)
    assert.equal(exitCode([{ outcome, comparisons }], policy, false), 0, policy);
});

test('incomplete and unanswered runs are 2, an interrupted one 130', async () => {
  const down = modelOf(() => failure({ kind: 'auth' }));
  assert.equal(exitCode([await judged(down)], 'any', false), 2);
  assert.equal(exitCode([await judged(down)], 'never', false), 0);
  const abort = new AbortController();
  abort.abort();
  const outcome = await outcomeOf(planWith(), echo, { signal: abort.signal });
  const cut = { outcome, comparisons: [] };
  assert.equal(exitCode([cut], 'never', false), 2);
  assert.equal(exitCode([cut], 'any', true), 130);
});
