import type { Rule } from '../../lint/engine/rule.ts';
import { findEntry } from '../../prompt/node.ts';

export const noAcceptance: Rule = {
  id: 'no-acceptance',
  severity: 'info',
  // Few public prompts declare a goal, so a recommendation would be noise.
  mode: 'pedantic',
  group: 'format',
  tags: ['evals'],
  summary: 'A prompt with golden cases has no acceptance criteria',
  docs: {
    why: '`acceptance` sets which pass rate, latency and cost are good enough. The exit code of `promptsmith eval`, the test view and the promotion policy depend on it. Without it, every case has to pass.',
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
    unless: 'People judge the answers themselves.',
  },
  *check({ prompt: { root, rows, testFiles, evaluators } }) {
    const hasCases = rows.length > 0 || testFiles.length > 0;
    if (!hasCases || evaluators.length === 0 || findEntry(root, 'acceptance')) return;
    const entry = findEntry(root, 'testData') ?? findEntry(root, 'testFiles');
    if (!entry) return;
    const message =
      'No acceptance criteria are set, so every case has to pass. Add `acceptance`, for example `passRate: 0.9`.';
    yield { message, span: entry.key.span };
  },
};
