import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { StringCriterion } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { findEntry } from '../../prompt/node.ts';

export const outputFormatConflict: Rule = {
  id: 'output-format-conflict',
  severity: 'warning',
  mode: 'recommended',
  group: 'contradictions',
  tags: ['evals'],
  summary: 'The answer has to be JSON, and a sentence or an evaluator asks for something else',
  docs: {
    why: 'With `responseFormat: json_schema` or `json_object` every answer is a JSON object. A sentence that asks for plain text then spoils what stands in the object, and an evaluator that wants the whole answer to be a word fails every case.',
    bad: `responseFormat: json_object
messages:
  - role: user
    content: Is this polite? Answer in plain text.
evaluators:
  - name: polite
    string: { equals: polite }`,
    good: `responseFormat: json_object
messages:
  - role: user
    content: 'Is this polite? Answer with JSON: {"polite": true or false}.'
evaluators:
  - name: polite
    uses: promptsmith/json-path
    with: { path: $.polite, equals: true }`,
  },
  *check({ prompt }) {
    const format = prompt.responseFormat;
    if (format !== 'json_schema' && format !== 'json_object') return;
    const entry = findEntry(prompt.root, 'responseFormat');
    const related = entry ? [{ message: `\`${format}\` is set here`, span: entry.value.span }] : [];
    for (const { content, role } of prompt.messages) {
      const match = role === 'assistant' || !content ? null : OTHER_FORMAT.exec(content.text);
      if (!content || !match) continue;
      yield {
        message: `This asks for something else than JSON, and \`responseFormat\` allows JSON alone: take one of them out.`,
        span: content.span(match.index, match.index + match[0].length),
        confidence: 'medium',
        related,
      };
    }
    for (const { evaluator } of listEvaluators(prompt)) {
      const { body, transform, weight } = evaluator;
      if (body.type !== 'string' || transform !== undefined || weight === 0) continue;
      for (const criterion of body.criteria) {
        const problem = unmeetable(criterion);
        if (problem) yield { ...problem, related };
      }
    }
  },
};

/** Orders for the whole answer, not for a field of it. Bounded. */
const OTHER_FORMAT =
  /\b(?:(?:answer|respond|reply)(?: only| strictly| always| just)? (?:in|as|with) (?:only )?(?:plain text|markdown|html|xml|yaml|csv)\b(?! (?:in|for|inside|within|as) )|(?:do not|don['’]t|never) (?:use|return|output|produce|answer (?:in|with)|respond (?:in|with)) (?:any )?json\b|(?:answer|respond|reply) with (?:only |just )?(?:a single|one|exactly one) (?:word|number|letter)\b)/i;

/** No JSON object is, begins or ends like that. */
function unmeetable({ kind, template }: StringCriterion): Problem | null {
  const text = template.text.trim();
  if (text === '' || template.placeholders.length > 0) return null;
  const canBe = {
    equals: text.startsWith('{') && text.endsWith('}'),
    contains: true,
    startsWith: text.startsWith('{'),
    endsWith: text.endsWith('}'),
  }[kind];
  if (canBe) return null;
  return {
    message: `No JSON object can meet \`${kind}: ${text.slice(0, 40)}\`, and every answer is one: look at a field with \`promptsmith/json-path\`.`,
    span: template.span(0, template.text.length),
  };
}
