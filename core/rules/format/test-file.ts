import type { Rule } from '../../lint/engine/rule.ts';

export const testFile: Rule = {
  id: 'test-file',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'A file under `testFiles` cannot be read, or not as it seems to be meant',
  docs: {
    why: 'Golden cases that cannot be read would be missing from every result, so an evaluation does not start. An error names the file and the line. A warning is about a column or a value that is ignored. An information says how a file was read: the columns of a CSV file may be separated by semicolons or tabs, as Excel writes them in many countries.',
    bad: `messages:
  - role: user
    content: "{{question}}"
testFiles:
  - cases/missing.csv`,
    good: `messages:
  - role: user
    content: "{{question}}"
testFiles:
  - cases/questions.csv`,
  },
  isReady: ({ prompt, facts }) =>
    prompt.testFiles.length === 0 || facts.testFileProblems !== undefined,
  *check({ prompt, facts }) {
    for (const { pattern, message, severity, isEncoding } of facts.testFileProblems ?? []) {
      const span = prompt.testFiles[pattern]?.span;
      if (!span || isEncoding) continue;
      const effect = severity === 'error' ? ' The prompt does not run.' : '';
      yield { message: `${message}.${effect}`, span, severity };
    }
  },
};
