import type { Rule } from '../../lint/engine/rule.ts';
import { findEntry } from '../../prompt/node.ts';

export const noAcceptance: Rule = {
  id: 'no-acceptance',
  severity: 'info',
  // None of the prompts in public repositories has one yet: as a recommendation it would be noise.
  mode: 'pedantic',
  group: 'format',
  tags: ['evals'],
  summary: 'A prompt with golden cases does not say what result is good enough',
  docs: {
    why: '`acceptance` is the one place that says which pass rate, which latency and which cost are good enough. The exit code of `promptsmith eval`, the test view and the release gate all read it; without it each run has to be judged by eye.',
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
evaluators:
  - name: right
    uses: promptsmith/contains
    with: Paris`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
evaluators:
  - name: right
    uses: promptsmith/contains
    with: Paris
acceptance:
  passRate: 0.9`,
    unless: 'The cases are only looked at by people.',
  },
  *check({ prompt: { root, rows, testFiles, evaluators } }) {
    const hasCases = rows.length > 0 || testFiles.length > 0;
    if (!hasCases || evaluators.length === 0 || findEntry(root, 'acceptance')) return;
    const entry = findEntry(root, 'testData') ?? findEntry(root, 'testFiles');
    if (!entry) return;
    const message =
      'Nothing says what result of these cases is good enough: add `acceptance`, for example `passRate: 0.9`.';
    yield { message, span: entry.key.span };
  },
};
