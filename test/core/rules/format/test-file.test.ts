import { test } from 'node:test';
import type { TestFileFact } from '#core/lint/engine/facts.ts';
import { testFile } from '#core/rules/format/test-file.ts';
import { checkRule } from '#test/support/caret.ts';

const problem = (
  pattern: number,
  message: string,
  severity: TestFileFact['severity'],
): TestFileFact => ({ pattern, message, severity, isEncoding: false });

test('problems of test files are reported at the pattern that found the file', () => {
  checkRule(
    testFile,
    `messages: []
testFiles:
  - cases/*.csv
    ^^^^^^^^^^^ info: cases/a.csv:1: the columns are separated by semicolons, not by commas.
  - gone.jsonl
    ^^^^^^^^^^ error: gone.jsonl does not exist. The prompt does not run.
  - fine.yaml
`,
    {
      facts: {
        testFileProblems: [
          problem(
            0,
            'cases/a.csv:1: the columns are separated by semicolons, not by commas',
            'info',
          ),
          problem(1, 'gone.jsonl does not exist', 'error'),
          // Another rule reports it.
          { ...problem(2, 'fine.yaml is not UTF-8', 'error'), isEncoding: true },
          problem(7, 'a pattern that is no longer there', 'error'),
        ],
      },
    },
  );
});

test('nothing is reported before the files are read', () => {
  checkRule(testFile, 'messages: []\ntestFiles: [gone.csv]\n');
});
