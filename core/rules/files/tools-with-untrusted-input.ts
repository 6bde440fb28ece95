import type { Rule } from '../../lint/engine/rule.ts';
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
  summary: 'A workflow gives tools to a model that reads text of third parties',
  docs: {
    why: 'A model with tools does what the text it reads talks it into. With text that anybody may write and tools that read a repository’s data or change it, an issue becomes a command: the "lethal trifecta" of private data, untrusted text and a way out (OWASP LLM06, "Excessive Agency").',
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
      'The tools can neither read what is private nor change anything, and the token says so too.',
  },
  isReady: areCallSitesKnown,
  *check(context) {
    const seen = new Set<unknown>();
    for (const found of findTaintedInputs(context)) {
      const { call, input } = found;
      if (!call.tools || seen.has(call)) continue;
      seen.add(call);
      yield {
        message: `\`${call.tools.name}\` gives this model tools, and it reads ${input.expression}, ${describeSource(input)}: run it without tools, and act on its answer in a step that checks it.`,
        span: call.tools.span,
        uri: call.uri,
        severity: input.confidence === 'high' ? 'error' : 'warning',
        confidence: input.confidence,
        related: traceInput(found),
      };
    }
  },
};
