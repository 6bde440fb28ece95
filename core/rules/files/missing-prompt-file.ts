import type { MissingPrompt, Problem, Rule } from '../../lint/engine/rule.ts';
import { areCallSitesKnown } from '../../lint/workflow/inputs.ts';

export const missingPromptFile: Rule = {
  id: 'missing-prompt-file',
  severity: 'error',
  mode: 'recommended',
  group: 'files',
  tags: ['format'],
  fix: 'unsafe',
  summary: 'A workflow names a prompt file that does not exist',
  docs: {
    why: 'The step fails each time it runs, often weeks after the prompt was moved or renamed. Paths in workflows are relative to the root of the repository. Paths with expressions are not checked, nor those that an earlier step writes or checks out from elsewhere.',
    bad: `# .github/workflows/triage.yml
on: issues
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: .github/models/triage.prompt.yaml
---
# .github/prompts/triage.prompt.yaml
messages:
  - role: user
    content: Name the five oldest open issues.`,
    good: `# .github/workflows/triage.yml
on: issues
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: .github/prompts/triage.prompt.yaml
---
# .github/prompts/triage.prompt.yaml
messages:
  - role: user
    content: Name the five oldest open issues.`,
    unless: 'A program that the workflow runs writes the file.',
  },
  isReady: areCallSitesKnown,
  *check({ facts }) {
    for (const missing of facts.workflowProblems?.missing ?? []) yield reportMissing(missing);
  },
};

function reportMissing({ uri, span, path, isWhole, meant }: MissingPrompt): Problem {
  const advice =
    meant === null ? 'Correct the path, or add the file.' : `Did you mean \`${meant}\`?`;
  const edits = isWhole && meant !== null ? [{ span, text: meant }] : [];
  return {
    message: `The repository has no \`${path}\`, so this step fails. ${advice}`,
    span,
    uri,
    fixes: edits.length > 0 ? [{ title: `Change it to \`${meant}\``, safe: false, edits }] : [],
  };
}
