import type { Mutant } from './mutant.ts';

const resumeTest = 'test/app/eval/find-resume-problem.test.ts';

/** What a stored run may be mixed from, and what it proves. */
export const evidenceMutants: readonly Mutant[] = [
  {
    file: 'app/eval/find-resume-problem.ts',
    guards: 'a run is not resumed on another model',
    find: 'models.toSorted().join() !== wanted.toSorted().join()',
    replace: 'false',
    test: resumeTest,
  },
  {
    file: 'app/eval/find-resume-problem.ts',
    guards: 'a run is not resumed with other repeats',
    find: 'repeat !== planned.repeat',
    replace: 'false',
    test: resumeTest,
  },
  {
    file: 'app/eval/find-resume-problem.ts',
    guards: 'a whole run is not resumed with a filter',
    find: 'planned.leftOut.filter > 0',
    replace: 'false',
    test: resumeTest,
  },
  {
    file: 'app/eval/resume-run.ts',
    guards: 'a run does not mix the verdicts of two sets of evaluators',
    find: 'outdated.size > 0 && !rescore',
    replace: 'false',
    test: 'test/io/runs/run-store.test.ts',
  },
  {
    file: 'core/eval/report/report.ts',
    guards: 'answers of another model are not those of the run',
    find: ' || !models.includes(job.model)',
    replace: '',
    test: 'test/core/eval/report/report.test.ts',
  },
  {
    file: 'core/eval/report/assess-run.ts',
    guards: 'a run with fewer repeats than planned is not whole',
    find: 'result.jobs.asked < planned',
    replace: 'false',
    test: 'test/core/registry/promote.test.ts',
  },
  {
    file: 'app/eval/find-resume-problem.ts',
    guards: 'recorded answers do not become those of a run on models',
    find: 'planned.replay && !header.replay',
    replace: 'false',
    test: resumeTest,
  },
  {
    file: 'app/eval/resume-run.ts',
    guards: '--rescore calls no model and makes nothing whole',
    find: 'return rescore && !retryErrors ? !isAnswered :',
    replace: 'return',
    test: 'test/io/runs/run-store.test.ts',
  },
  {
    file: 'core/eval/run/run.ts',
    guards: 'a run that is scored again ends as it ended before',
    find: "this.#earlier?.ended?.reason ?? 'done'",
    replace: "'done'",
    test: 'test/io/runs/run-store.test.ts',
  },
  {
    file: 'core/eval/run/run.ts',
    guards: 'a run that stopped early and is scored again stays partial',
    find: 'this.#decided || (this.#earlier?.ended?.early ?? false)',
    replace: 'this.#decided',
    test: 'test/io/runs/run-store.test.ts',
  },
  {
    file: 'app/eval/read-run-report.ts',
    guards: 'criteria of a changed file do not judge an earlier run',
    find: 'changes?.length === 0',
    replace: 'true',
    test: 'test/app/eval/describe-runs.test.ts',
  },
  {
    file: 'app/eval/read-run-report.ts',
    guards: 'the prompt file that a run names is read only inside the project',
    find: 'if (relativePath(root, file) === null) return null;',
    replace: '',
    test: 'test/app/eval/describe-runs.test.ts',
  },
  {
    file: 'core/eval/plan/name-case.ts',
    guards: 'a secret is hidden before the name of its case is cut',
    find: 'shorten(hidden(findFirstText(row)).replace',
    replace: '(hidden(shorten(findFirstText(row))).replace',
    test: 'test/core/eval/plan/name-case.test.ts',
  },
  {
    file: 'app/eval/sum-runs.ts',
    guards: 'the cost of shards is not counted beside that of their merged run',
    find: 'recent.filter((run) => !merged.some((whole) => isPart(run, whole)))',
    replace: 'recent',
    test: 'test/app/eval/sum-runs.test.ts',
  },
  {
    file: 'io/runs/run-store.ts',
    guards: 'a damaged summary is not used',
    find: 'value?.v === 2 && isSummary(value)',
    replace: 'value?.v === 2',
    test: 'test/io/runs/run-store.test.ts',
  },
];
