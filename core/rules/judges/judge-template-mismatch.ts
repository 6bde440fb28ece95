import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import { collectGivenNames } from '../../lint/variable-uses.ts';
import type { EvaluatorBody } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { findEntry, type MapNode } from '../../prompt/node.ts';
import type { Placeholder, Template } from '../../prompt/template.ts';

export const judgeTemplateMismatch: Rule = {
  id: 'judge-template-mismatch',
  severity: 'error',
  mode: 'recommended',
  group: 'judges',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'A judge does not see the answer or does not know its choices',
  docs: {
    why: 'The answer replaces `{{completion}}` in `llm.prompt`. Without it, the judge gives a verdict on text that it has not read, and the verdicts look real. A prompt that names none of the choices is a warning: the judge has to guess what to reply.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: polite
    llm:
      modelId: openai/gpt-4o
      prompt: "Is this polite? Say yes or no. <answer>{{output}}</answer>"
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
      prompt: "Is this polite? Say yes or no. <answer>{{completion}}</answer>"
      choices:
        - { choice: "yes", score: 1 }
        - { choice: "no", score: 0 }`,
  },
  *check(context) {
    const { prompt, facts } = context;
    const given = collectGivenNames(prompt, facts.testFileKeys);
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const { body } = evaluator;
      if (body.type !== 'llm' || !body.prompt || body.prompt.text.trim() === '') continue;
      const problem =
        reportBlindJudge(body.prompt, map, given, prompt.text) ??
        reportUntoldChoices(body, body.prompt, map);
      if (problem) yield problem;
    }
  },
};

/** Names of the answer in other programs. */
const OTHER_NAMES =
  /^(?:output|response|answer|result|reply|generation|prediction|actual|actual_output|model_output|model_response|llm_output)$/i;

function reportBlindJudge(
  template: Template,
  map: MapNode,
  given: ReadonlySet<string>,
  text: string,
): Problem | null {
  if (template.placeholders.some(({ name }) => name === 'completion')) return null;
  const other = template.placeholders.find(
    ({ name }) => OTHER_NAMES.test(name) && !given.has(name),
  );
  const fix = other && rename(template, other, text);
  return {
    message: other
      ? `The judge does not see the answer, because nothing fills \`{{${other.name}}}\`. Use \`{{completion}}\`.`
      : 'The judge does not see the answer. Add `{{completion}}` to its prompt.',
    span: other?.span ?? findFieldKey(map),
    ...(fix ? { fixes: [fix] } : {}),
  };
}

function rename(template: Template, { name, value }: Placeholder, text: string): Fix | null {
  const change = { span: value, text: '{{completion}}' };
  const edit = editTemplate(template, [change], text);
  return (
    edit && { title: `Replace \`{{${name}}}\` with \`{{completion}}\``, safe: false, edits: [edit] }
  );
}

function reportUntoldChoices(
  { choices, systemPrompt }: Extract<EvaluatorBody, { type: 'llm' }>,
  { text }: Template,
  map: MapNode,
): Problem | null {
  const instructions = `${systemPrompt?.text ?? ''}\n${text}`.toLowerCase();
  const named = choices.filter(({ choice }) => choice.trim() !== '').slice(0, 50);
  if (
    named.length === 0 ||
    named.some(({ choice }) => instructions.includes(choice.trim().toLowerCase()))
  )
    return null;
  // `1 to 5`, `between 0 and 10`: a range of numbers names only its ends.
  if (named.every(({ choice }) => /^\d+$/.test(choice.trim())) && /\d/.test(instructions))
    return null;
  return {
    message: `The judge’s prompt names none of its choices, such as \`${named[0]?.choice ?? ''}\`. Tell the judge which ones to use.`,
    span: findFieldKey(map),
    severity: 'warning',
    confidence: 'medium',
  };
}

function findFieldKey(map: MapNode) {
  const llm = findEntry(map, 'llm');
  const prompt = findEntry(llm?.value ?? null, 'prompt');
  return (prompt ?? llm)?.key.span ?? map.span;
}
