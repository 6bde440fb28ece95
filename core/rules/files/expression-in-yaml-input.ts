import type { CallInput, Fix, Rule } from '../../lint/engine/rule.ts';
import {
  areCallSitesKnown,
  describeSource,
  findTaintedInputs,
  traceInput,
} from '../../lint/workflow/inputs.ts';
import { INJECTION } from '../security-tags.ts';

export const expressionInYamlInput: Rule = {
  id: 'expression-in-yaml-input',
  severity: 'warning',
  mode: 'recommended',
  group: 'files',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'A workflow inserts third-party text into YAML without escaping it',
  docs: {
    why: 'The `input` of actions/ai-inference is YAML, and GitHub replaces `${{ … }}` before it is parsed. A value with a line break ends its key: its next lines set other variables or make the step fail. `toJSON` writes any value as one YAML string.',
    bad: `# .github/workflows/triage.yml
on: issues
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: triage.prompt.yaml
          input: |
            issue: \${{ github.event.issue.body }}
            labels: bug, question
---
# triage.prompt.yaml
messages:
  - role: user
    content: "Choose one of {{labels}}. <issue>{{issue}}</issue>"`,
    good: `# .github/workflows/triage.yml
on: issues
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: triage.prompt.yaml
          input: |
            issue: \${{ toJSON(github.event.issue.body) }}
            labels: bug, question
---
# triage.prompt.yaml
messages:
  - role: user
    content: "Choose one of {{labels}}. <issue>{{issue}}</issue>"`,
    unless: 'An earlier step reduces the value to one line without YAML syntax.',
  },
  isReady: areCallSitesKnown,
  *check(context) {
    for (const found of findTaintedInputs(context)) {
      const { call, input } = found;
      if (input.raw === null) continue;
      yield {
        message: `${input.expression} is ${describeSource(input)} and is inserted into this YAML without escaping, so its lines can set other variables. Use \`toJSON(…)\` as the whole value of the key.`,
        span: input.span,
        uri: call.uri,
        confidence: input.confidence,
        related: traceInput(found),
        fixes: suggestFixes(input),
      };
    }
  },
};

function suggestFixes({ raw, expression, span }: CallInput): Fix[] {
  const inner = /^\$\{\{(.*)\}\}$/.exec(expression)?.[1]?.trim();
  if (raw !== 'whole' || !inner) return [];
  const edits = [{ span, text: `\${{ toJSON(${inner}) }}` }];
  return [{ title: 'Use toJSON', safe: false, edits }];
}
