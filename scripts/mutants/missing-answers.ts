import type { Mutant } from './mutant.ts';

const bounds = 'core/eval/statistics/bound-change.ts';
const boundsTest = 'test/core/eval/statistics/bound-change.slow.test.ts';
const acceptance = 'core/eval/report/acceptance.ts';
const acceptanceTest = 'test/core/eval/report/acceptance.test.ts';
const poolTest = 'test/core/registry/pool-runs.test.ts';

/** What missing answers leave open: verdicts, intervals, acceptance, figures of several runs. */
export const missingAnswerMutants: readonly Mutant[] = [
  {
    file: 'core/eval/compare/decide-verdict.ts',
    guards: 'a verdict is that of every completion',
    find: "if (direction === undefined || others.length > 0) return 'incomplete';",
    replace: "if (direction === undefined) return 'incomplete';",
    test: 'test/core/eval/compare/compare.test.ts',
  },
  {
    file: 'core/eval/compare/decide-verdict.ts',
    guards: 'between two undecided extremes another completion may be equivalent',
    find: 'if (low[1] > -margin && high[0] < margin && width < 2 * margin)',
    replace: 'if (false)',
    test: 'test/core/eval/compare/decide-verdict.test.ts',
  },
  {
    file: 'core/eval/compare/decide-verdict.ts',
    guards: 'between two equivalent extremes another completion may be different',
    find: 'if (low[0] > -margin && high[1] < margin)',
    replace: 'if (low[1] > -margin && high[0] < margin)',
    test: 'test/core/eval/compare/decide-verdict.test.ts',
  },
  {
    file: bounds,
    guards: 'an interval may be lower or higher between the extremes than at them',
    find: 'const found = [least, most, ...narrow]',
    replace: 'const found = [least, most]',
    test: boundsTest,
  },
  {
    file: bounds,
    guards: 'a completion may have too few changes for the method of the others',
    find: 'if (isCounted || surelyChanged < MIN_CHANGED)',
    replace: 'if (isCounted || maybeChanged < MIN_CHANGED)',
    test: boundsTest,
  },
  {
    file: bounds,
    guards: 'missing answers change the spread of groups',
    find: 'largest += Math.max(from ** 2, to ** 2)',
    replace: 'largest += from ** 2',
    test: boundsTest,
  },
  {
    file: 'core/eval/statistics/sign-flip-test.ts',
    guards: 'p-values of shares of repeats are counted, not drawn',
    find: 'changed.length > MAX_EXACT ? findDenominator(changed) : null',
    replace: 'null',
    test: 'test/core/eval/statistics/methods.test.ts',
  },
  {
    file: acceptance,
    guards: 'a criterion of which nothing was measured is open while answers are missing',
    find: 'const unlimited = lacksAnswers ? ([0, null] as const) : undefined;',
    replace: 'const unlimited = undefined;',
    test: acceptanceTest,
  },
  {
    file: acceptance,
    guards: 'what a missing answer costs has no limit',
    find: 'const bounds = lacksAnswers ? ([known ?? 0, null] as const) : undefined;',
    replace: 'const bounds = undefined;',
    test: acceptanceTest,
  },
  {
    file: acceptance,
    guards: 'a metric that only missing answers may have is not a typo',
    find: '(lacksAnswers && figures.metrics[name] === undefined)',
    replace: 'false',
    test: acceptanceTest,
  },
  {
    file: 'core/eval/report/summarize-model.ts',
    guards: 'a missing score of a judge that is only measured leaves its metric open',
    find: 'missing > 0 || jobs.some(lacksScore)',
    replace: 'missing > 0',
    test: 'test/core/eval/report/report.test.ts',
  },
  {
    file: 'core/eval/report/combine-outcomes.ts',
    guards: 'a case without any verdict has not failed',
    find: "if (errored > 0 && passed + count('failed') === 0) return 'errored';",
    replace: '',
    test: 'test/core/eval/report/combine-outcomes.test.ts',
  },
  {
    file: 'core/registry/pool-runs.ts',
    guards: 'a run that lacks nothing bounds the figures of several, too',
    find: 'return latency ? [[latency.p95, latency.p95] as const] : [];',
    replace: 'return [];',
    test: poolTest,
  },
  {
    file: 'core/registry/pool-runs.ts',
    guards: 'the scores of a run that lacks none count beside those of one that does',
    find: 'return value === undefined ? [] : [[value, value] as const];',
    replace: 'return [];',
    test: poolTest,
  },
  {
    file: 'core/registry/promote.ts',
    guards: 'the cost per call is unknown while answers are missing',
    find: 'if (lacking > 0)',
    replace: 'if (false)',
    test: 'test/core/registry/promote.test.ts',
  },
  {
    file: 'core/registry/promote.ts',
    guards: 'missing answers of the label’s version may have cost nothing',
    find: '(callCost.mean * (jobs.asked - lacking)) / jobs.asked',
    replace: 'callCost.mean',
    test: 'test/core/registry/promote.test.ts',
  },
  {
    file: 'core/eval/checks/consistent.ts',
    guards: 'a missing answer may be the one that does not agree',
    find: 'if (isMet(agreeing) !== isMet(agreeing + unanswered))',
    replace: 'if (false)',
    test: 'test/core/eval/checks/consistent.test.ts',
  },
  {
    file: 'core/eval/run/case-groups.ts',
    guards: 'the answers that a group lacks are counted',
    find: '        unanswered,\n',
    replace: '',
    test: 'test/core/eval/run/case-groups.test.ts',
  },
  {
    file: 'core/eval/compare/compare-model.ts',
    guards: 'an answer that is missing after a run stopped does not hide why it stopped',
    find: 'isIncomplete && looked?.stopped === false',
    replace: 'isIncomplete',
    test: 'test/core/eval/compare/early-stop.test.ts',
  },
];
