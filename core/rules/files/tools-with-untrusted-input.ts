import type { CallInput, CallSite, Problem, Rule } from '../../lint/engine/rule.ts';
import { isTainted } from '../../lint/taint.ts';
import {
  areCallSitesKnown,
  describeSource,
  findTaintedInputs,
  traceInput,
} from '../../lint/workflow/inputs.ts';
import { AGENCY } from '../security-tags.ts';

export const toolsWithUntrustedInput: Rule = {
  id: 'tools-with-untrusted-input',
  severity: 'error',
  mode: 'recommended',
  group: 'files',
  tags: AGENCY,
  summary: 'A workflow gives tools to a model that reads third-party text',
  docs: {
    why: 'A model with tools acts on the text that it reads. When anybody can write that text and the tools read or change a repository’s data, an issue becomes a command: the "lethal trifecta" of private data, untrusted text and a way out (OWASP LLM06, "Excessive Agency").',
    bad: `# .github/workflows/answer.yml
on: issues
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: answer.prompt.yaml
          enable-github-mcp: true
          token: \${{ secrets.USER_PAT }}
          input: |
            issue: \${{ toJSON(github.event.issue.body) }}
---
# answer.prompt.yaml
messages:
  - role: user
    content: "Answer the issue. <issue>{{issue}}</issue>"`,
    good: `# .github/workflows/answer.yml
on: issues
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: answer.prompt.yaml
          input: |
            issue: \${{ toJSON(github.event.issue.body) }}
---
# answer.prompt.yaml
messages:
  - role: user
    content: "Answer the issue. <issue>{{issue}}</issue>"`,
    unless:
      'The tools can neither read private data nor change anything, and the token’s permissions enforce it.',
  },
  isReady: areCallSitesKnown,
  *check(context) {
    const seen = new Set<unknown>();
    for (const found of findTaintedInputs(context)) {
      const { call, input } = found;
      if (!call.tools || seen.has(call)) continue;
      seen.add(call);
      yield { ...reportTools(call, call.tools, input), related: traceInput(found) };
    }
    for (const call of context.facts.workflowProblems?.inline ?? []) {
      const input = call.inputs.find(isTainted);
      if (call.tools && input) yield reportTools(call, call.tools, input);
    }
  },
};

function reportTools(
  { uri }: CallSite,
  { name, span }: NonNullable<CallSite['tools']>,
  input: CallInput,
): Problem {
  return {
    message: `\`${name}\` gives tools to a model that reads ${input.expression}, ${describeSource(input)}. Run it without tools, and act on its answer in a step that checks it.`,
    span,
    uri,
    severity: input.confidence === 'high' ? 'error' : 'warning',
    confidence: input.confidence,
  };
}
