import { checkName, findCheck } from '../../eval/checks/index.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Evaluator, PromptDocument, StringCriterion } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { headSpan } from '../../prompt/locate.ts';
import { findEntry, type Node, type ScalarNode } from '../../prompt/node.ts';

export const checkCannotFail: Rule = {
  id: 'check-cannot-fail',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'A check looks for a letter or a text that nearly every answer contains',
  docs: {
    why: '`contains` in `string`, and `icontains`, ignore case and find parts of words: `B` is in “because”, `no` is in “know”. Such a check passes for almost every answer of a sentence or more. Compare the whole answer with `equals`, or match a word with `promptsmith/regex`. Empty text is in every answer, so an evaluator that looks for it ends in an error.',
    bad: `messages:
  - role: user
    content: Which option fits {{city}}, and why? A, B or C?
testData:
  - city: Lagos
evaluators:
  - name: chooses B
    string: { contains: B }`,
    good: `messages:
  - role: user
    content: Which option fits {{city}}, and why? A, B or C?
testData:
  - city: Lagos
evaluators:
  - name: chooses B
    uses: promptsmith/regex
    with: '\\bB\\b'`,
  },
  *check({ prompt }) {
    for (const { evaluator } of listEvaluators(prompt)) {
      const { body, transform } = evaluator;
      // A transform may leave one letter of the answer.
      if (transform !== undefined) continue;
      if (body.type === 'string') {
        for (const criterion of body.criteria) yield* checkCriterion(criterion, evaluator, prompt);
        continue;
      }
      const check = findCheck(evaluator);
      if (body.type !== 'uses' || 'error' in check || !check.ignoresCase || body.negated) continue;
      const { name = '', alias = '' } = check.parameters[0] ?? {};
      const node = body.with?.type === 'map' ? undefined : body.with;
      const given =
        node ?? (findEntry(body.with, name) ?? findEntry(body.with, alias))?.value ?? null;
      for (const one of listTexts(given))
        if (isInMostSentences(one.source))
          yield report(checkName(check), one.source, headSpan(one));
    }
  },
};

/** Which criteria look for a part of the answer, and which find it anywhere. */
const PARTS: Readonly<
  Record<StringCriterion['kind'], { readonly isPart: boolean; readonly isAnywhere: boolean }>
> = {
  equals: { isPart: false, isAnywhere: false },
  contains: { isPart: true, isAnywhere: true },
  startsWith: { isPart: true, isAnywhere: false },
  endsWith: { isPart: true, isAnywhere: false },
};

function* checkCriterion(
  { kind, template }: StringCriterion,
  evaluator: Evaluator,
  { rows }: PromptDocument,
): Generator<Problem> {
  const { text, placeholders, node } = template;
  if (text === '' && PARTS[kind].isPart) {
    const message = `Empty text is in every answer, so this evaluator ends in an error. Write what the answer has to contain.`;
    yield { message, span: headSpan(node) };
    return;
  }
  if (!PARTS[kind].isAnywhere) return;
  if (isInMostSentences(text)) yield report('contains', text, headSpan(node));
  const [placeholder] = placeholders;
  if (!placeholder || text.trim() !== `{{${placeholder.name}}}`) return;
  const owner = rows.find(({ meta }) => meta.evaluators.includes(evaluator));
  for (const { values, meta } of owner ? [owner] : rows) {
    const value = values.get(placeholder.name);
    if (!value || meta.skip || !isInMostSentences(value.text)) continue;
    const related = [{ message: 'looks for this text', span: headSpan(value.node) }];
    yield { ...report('contains', value.text, headSpan(node)), severity: 'info', related };
    return;
  }
}

function report(kind: string, text: string, span: Problem['span']): Problem {
  const short = text.trim();
  return {
    message: `\`${kind}\` ignores case and finds parts of words, so nearly every sentence contains \`${short}\`. Compare the whole answer, or match the word with \`promptsmith/regex\`.`,
    span,
    // The answers may be as short as the word.
    severity: short.length === 1 ? 'warning' : 'info',
  };
}

/** True for a letter that few sentences lack, and for the short words that are parts of many others. */
function isInMostSentences(text: string): boolean {
  return /^(?:[a-ik-pr-wy]|a[mnst]|b[ey]|[dgs]o|h[ei]|i[nst]|me|no|o[fnr]|to|u[ps]|we)$/i.test(
    text.trim(),
  );
}

function listTexts(node: Node | null): ScalarNode[] {
  const items = node?.type === 'list' ? node.items : node ? [node] : [];
  return items.filter((item) => item.type === 'scalar');
}
