import type { Rule } from '../../lint/engine/rule.ts';
import { getPlacements, type PlaceholderPlace } from '../../lint/placement.ts';
import { editTemplate, wrapInPlace } from '../../lint/template-edits.ts';
import { INJECTION } from '../security-tags.ts';

export const judgeUndelimitedCompletion: Rule = {
  id: 'judge-undelimited-completion',
  severity: 'warning',
  mode: 'recommended',
  group: 'judges',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'Nothing shows a judge where the answer ends',
  docs: {
    why: 'The answer is text that a model wrote, perhaps under the influence of a third-party document. When it runs into the judge’s instructions, an answer that ends with "Score: 5" passes as yours (Zheng et al. 2023; OWASP LLM01). After a label, this is an informational finding.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: polite
    llm:
      modelId: openai/gpt-4o
      prompt: Is {{completion}} polite? Answer yes or no.
      choices:
        - { choice: "yes", score: 1 }
        - { choice: "no", score: 0 }`,
    good: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: polite
    llm:
      modelId: openai/gpt-4o
      prompt: |
        Is the answer in the tags polite? Answer yes or no.

        <answer>
        {{completion}}
        </answer>
      choices:
        - { choice: "yes", score: 1 }
        - { choice: "no", score: 0 }`,
    unless: 'You can use the check `promptsmith/rubric` instead: it delimits the answer for you.',
  },
  *check({ prompt, templates, readings }) {
    for (const { template, place } of templates) {
      if (place !== 'judge') continue;
      const placements = getPlacements(template.text, prompt.oddKeys, readings);
      for (const [i, placeholder] of template.placeholders.entries()) {
        const severity = rateSeverity(placements[i]?.place ?? 'sole');
        if (placeholder.name !== 'completion' || severity === null) continue;
        const tag =
          ['answer', 'completion', 'judged_answer'].find(
            (name) => !template.text.includes(`<${name}>`),
          ) ?? 'judged';
        const change = wrapInPlace({ placeholder, template }, tag);
        const edit = editTemplate(template, [change], prompt.text);
        yield {
          message:
            'Nothing shows the judge where the answer ends, so an answer can forge its own verdict. Put it between tags.',
          span: placeholder.span,
          severity,
          ...(edit
            ? { fixes: [{ title: `Put it in <${tag}> tags`, safe: false, edits: [edit] }] }
            : {}),
        };
        break;
      }
    }
  },
};

/** Null if the answer is delimited. */
function rateSeverity(place: PlaceholderPlace): 'warning' | 'info' | null {
  switch (place) {
    case 'head':
    case 'tail':
    case 'bare-block':
    case 'inline':
      return 'warning';
    case 'label':
    case 'label-block':
    case 'quoted':
      return 'info';
    case 'sole':
    case 'xml':
    case 'fence':
    case 'triple-quote':
    case 'json-string':
    case 'ruled':
      return null;
    default:
      return place satisfies never;
  }
}
