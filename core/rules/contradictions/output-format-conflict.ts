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
  summary: 'The answer must be JSON, but a sentence or an evaluator asks for something else',
  docs: {
    why: 'With `responseFormat: json_schema` or `json_object` every answer is a JSON object. A sentence that asks for plain text degrades the contents of that object, and an evaluator that expects the whole answer to be one word fails every case.',
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
        message: `This sentence asks for something other than JSON, but \`responseFormat\` allows only JSON. Remove one of them.`,
        span: content.span(match.index, match.index + match[0].length),
        confidence: 'medium',
        related,
      };
    }
    for (const { evaluator } of listEvaluators(prompt)) {
      const { body, transform, weight } = evaluator;
      if (body.type !== 'string' || transform !== undefined || weight === 0) continue;
      for (const criterion of body.criteria) {
        const problem = checkCriterion(criterion);
        if (problem) yield { ...problem, related };
      }
    }
  },
};

/** Instructions about the whole answer, not about a field of it. Bounded. */
const OTHER_FORMAT =
  /\b(?:(?:answer|respond|reply)(?: only| strictly| always| just)? (?:in|as|with) (?:only )?(?:plain text|markdown|html|xml|yaml|csv)\b(?! (?:in|for|inside|within|as) )|(?:do not|don['’]t|never) (?:use|return|output|produce|answer (?:in|with)|respond (?:in|with)) (?:any )?json\b|(?:answer|respond|reply) with (?:only |just )?(?:a single|one|exactly one) (?:word|number|letter)\b)/i;

/** Reports a criterion that no JSON object can meet. */
function checkCriterion({ kind, template }: StringCriterion): Problem | null {
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
    message: `Every answer is a JSON object, which never satisfies \`${kind}: ${text.slice(0, 40)}\`. Check a field with \`promptsmith/json-path\` instead.`,
    span: template.span(0, template.text.length),
  };
}
