import { lint } from '#core/lint/engine/lint.ts';
import type { Finding, Rule, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { assignProblems, findCallSites, readWorkflow } from '#core/lint/workflow/read-workflow.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { readSettings } from '#core/settings.ts';

export const WORKFLOW_URI = 'file:///repo/.github/workflows/w.yml';

/** The two files of an example: a workflow, `---`, and the prompt that it names. */
export function splitExample(example: string): {
  workflow: string;
  prompt: string;
  facts: WorkspaceFacts;
} {
  const [workflow = '', prompt = ''] = example.split(/\n---\n/);
  // The comment on top of the prompt is its path.
  const path =
    /^# (\S+\.prompt\.ya?ml)$/m.exec(prompt)?.[1] ??
    /prompt-file: (?:\.\/)?(\S+)/.exec(workflow)?.[1] ??
    'a.prompt.yaml';
  const read = readWorkflow(WORKFLOW_URI, '.github/workflows/w.yml', `${workflow}\n`);
  const problems = assignProblems([read], [path]).get(path);
  return {
    workflow: `${workflow}\n`,
    prompt: `${prompt}\n`,
    facts: findCallSites([read], path, problems),
  };
}

/** A finding across files in words: where it stands, what it marks, and its way from file to file. */
export interface FoundAcross {
  readonly finding: Finding;
  readonly where: 'workflow' | 'prompt';
  readonly marked: string;
  readonly path: readonly string[];
}

/** What a rule says of an example. */
export function lintExample(
  rule: Rule | readonly Rule[],
  example: string,
  settings: object = {},
): FoundAcross[] {
  const { workflow, prompt, facts } = splitExample(example);
  const read = readSettings(settings);
  const list = 'id' in rule ? [rule] : rule;
  const findings = lint(
    { prompt: parsePrompt(prompt), settings: read.settings, facts },
    list,
  ).filter(({ suppressed }) => !suppressed);
  const text = (uri: string | undefined): string => (uri === undefined ? prompt : workflow);
  return findings.map((finding) => ({
    finding,
    where: finding.uri === undefined ? 'prompt' : 'workflow',
    marked: text(finding.uri).slice(finding.span.start, finding.span.end),
    path: (finding.related ?? []).map(({ uri, span }) => text(uri).slice(span.start, span.end)),
  }));
}

/** A workflow with one step that runs `a.prompt.yaml`, and the prompt. `step`: lines of the step. */
export function exampleOf(step: string, prompt: string, before = ''): string {
  const indent = (text: string): string => text.trim().replaceAll(/\n(?=.)/g, '\n        ');
  const earlier = before === '' ? '' : `      - ${indent(before)}\n`;
  return `on:
  issues:
  workflow_dispatch:
    inputs:
      topic: { type: string }
      size: { type: choice, options: [s, l] }
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
${earlier}      - ${indent(step)}
---
${prompt}`;
}
