import type { Rule } from '../../lint/engine/rule.ts';
import { areCallSitesKnown, findTaintedInputs, traceInput } from '../../lint/workflow/inputs.ts';
import { INJECTION } from '../security-tags.ts';

export const modelOutputIntoPrompt: Rule = {
  id: 'model-output-into-prompt',
  severity: 'info',
  mode: 'recommended',
  group: 'files',
  tags: INJECTION,
  summary: 'A workflow passes one model’s answer to the next prompt',
  docs: {
    why: 'An answer is only as safe as the text that the model read: whoever steers the first model reaches the second one through it. Treat the answer as third-party text: between tags, declared as data, and never in the system message.',
    bad: `# .github/workflows/reply.yml
on: issues
jobs:
  reply:
    runs-on: ubuntu-latest
    steps:
      - id: summary
        uses: actions/ai-inference@v3
        with:
          prompt: Sum up \${{ github.event.issue.body }}
      - uses: actions/ai-inference@v3
        with:
          prompt-file: reply.prompt.yaml
          input: |
            facts: \${{ toJSON(steps.summary.outputs.response) }}
---
# reply.prompt.yaml
messages:
  - role: user
    content: "Write a reply. <facts>{{facts}}</facts>"`,
    good: `# .github/workflows/reply.yml
on: issues
jobs:
  reply:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: reply.prompt.yaml
          input: |
            facts: \${{ toJSON(github.event.issue.number) }}
---
# reply.prompt.yaml
messages:
  - role: user
    content: "Write a reply. <facts>{{facts}}</facts>"`,
    unless:
      'A step between the two models checks the answer against a list of allowed values: declare the variable `trust: trusted`.',
  },
  isReady: areCallSitesKnown,
  *check(context) {
    const isUser = (place: { message: { role: string | null } }) => place.message.role !== 'system';
    for (const found of findTaintedInputs(context, isUser)) {
      const { input, place } = found;
      if (input.kind !== 'model') continue;
      yield {
        message: `A workflow fills \`${input.name}\` with another model’s answer (${input.expression}), so whoever steers that model reaches this one. Put it between tags and declare it as data.`,
        span: place.placeholder.span,
        confidence: input.confidence,
        related: traceInput(found),
      };
    }
  },
};
