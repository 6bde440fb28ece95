import type { Mutant } from './mutant.ts';

const tests = 'test/client/testing';

/** What the editor says about runs of some cases, runs that were cut off, and results of another text. */
export const editorMutants: readonly Mutant[] = [
  {
    file: 'app/eval/request-eval.ts',
    guards: 'a run of some cases is compared with nothing',
    find: "baseline: isPartial ? { kind: 'none' } : baseline,",
    replace: 'baseline,',
    test: 'test/app/eval/request-eval.test.ts',
  },
  {
    file: 'app/eval/continue-run.ts',
    guards: 'a run goes on only with the prompt that it ran',
    find: 'now.prompt === hashes.prompt && ',
    replace: '',
    test: 'test/app/eval/request-eval.test.ts',
  },
  {
    file: 'app/eval/fingerprint-cases.ts',
    guards: 'results are outdated when what is sent changes',
    find: "if (before.shared !== now.shared) return 'all';",
    replace: '',
    test: 'test/app/eval/fingerprint-cases.test.ts',
  },
  {
    file: 'core/eval/report/is-partial-run.ts',
    guards: 'a run of some cases is not accepted',
    find: 'leftOut.only + leftOut.filter + leftOut.shard > 0',
    replace: 'leftOut.only > 0',
    test: `${tests}/headline.test.ts`,
  },
  {
    file: 'client/testing/headline.ts',
    guards: 'a run that was canceled decides nothing',
    find: "if (summary.end !== 'done')",
    replace: "if (summary.end === 'failed')",
    test: `${tests}/headline.test.ts`,
  },
  {
    file: 'client/testing/case-results.ts',
    guards: 'other models decide nothing about a case',
    find: 'key.model !== this.#model || ',
    replace: '',
    test: `${tests}/case-results.test.ts`,
  },
];
