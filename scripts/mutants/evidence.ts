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
];
