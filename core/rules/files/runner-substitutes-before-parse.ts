import type { CallSite, Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { isReported } from '../../lint/taint.ts';
import {
  areCallSitesKnown,
  describeSource,
  findTaintedInputs,
  traceInput,
} from '../../lint/workflow/inputs.ts';
import { INJECTION } from '../security-tags.ts';

export const runnerSubstitutesBeforeParse: Rule = {
  id: 'runner-substitutes-before-parse',
  severity: 'error',
  mode: 'recommended',
  group: 'files',
  tags: INJECTION,
  summary: 'The runner substitutes values before it parses the YAML',
  docs: {
    why: 'actions/ai-inference up to v2.0.1 substitutes values in the text of the prompt file and then parses the result as YAML. A value of several lines can end its message and add others, even a system message, so tags and guards do not help. Newer versions parse the file first. Without a workflow, the setting `target: ai-inference@1` selects this runner.',
    bad: `# .github/workflows/triage.yml
on: issues
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v1
        with:
          prompt-file: triage.prompt.yaml
          input: |
            issue: \${{ toJSON(github.event.issue.body) }}
---
# triage.prompt.yaml
messages:
  - role: user
    content: "Label this. <issue>{{issue}}</issue>"`,
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
---
# triage.prompt.yaml
messages:
  - role: user
    content: "Label this. <issue>{{issue}}</issue>"`,
  },
  isReady: areCallSitesKnown,
  *check(context) {
    yield* checkWorkflows(context);
    if (context.settings.target === 'ai-inference@1') yield* checkTarget(context);
  },
};

function* checkWorkflows(context: RuleContext): Iterable<Problem> {
  const seen = new Set<CallSite>();
  for (const found of findTaintedInputs(context)) {
    const { call, input } = found;
    if (!call.action || !substitutesFirst(call.action) || seen.has(call)) continue;
    seen.add(call);
    yield {
      message: `This version substitutes values before it parses the YAML, so ${input.expression}, ${describeSource(input)}, can add messages of its own. Use v2.1.1 or newer.`,
      span: call.action.span,
      uri: call.uri,
      severity: input.confidence === 'high' ? 'error' : 'warning',
      confidence: input.confidence,
      related: traceInput(found),
    };
  }
}

function* checkTarget({ places, taints, settings, facts }: RuleContext): Iterable<Problem> {
  if (facts.callSites && facts.callSites.length > 0) return;
  const seen = new Set<string>();
  for (const { placeholder } of places) {
    const { name, span } = placeholder;
    const taint = taints.get(name);
    if (seen.has(name) || !isReported(taint, settings.mode, false)) continue;
    seen.add(name);
    yield {
      message: `actions/ai-inference v1 substitutes values before it parses the YAML, so a value of \`${name}\` can add messages of its own. Run it with v2.1.1 or newer and update \`target\`.`,
      span,
      severity: taint.confidence === 'high' ? 'error' : 'warning',
      confidence: taint.confidence,
      ...(taint.evidence ? { related: [taint.evidence] } : {}),
    };
  }
}

/** True for v1 to v2.0.1; `v2` alone is the newest v2 release. */
function substitutesFirst({ name, version }: NonNullable<CallSite['action']>): boolean {
  if (!/\/ai-inference$/i.test(name) || version === null) return false;
  const [major = 0, minor, patch = 0] = version;
  return major === 1 || (major === 2 && minor === 0 && patch <= 1);
}
