import type { Rule } from '../../lint/engine/rule.ts';
import { selectParseProblems } from './parser-problems.ts';

export const tooLarge: Rule = {
  id: 'too-large',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  summary: 'The file is larger than 1 MiB and was not read',
  needs: 'text',
  docs: {
    why: 'A prompt file is read again on every keystroke. Above 1 MiB that would make an editor slow, so it is not read at all. Large files usually contain test data, which can be moved to files of its own.',
    bad: `# 1 MiB of this:
testData:
  - question: What is the capital of France?
    expected: Paris`,
    good: `testFiles:
  - cases/*.jsonl`,
  },
  check: (context) => selectParseProblems(context, 'file-size'),
};
