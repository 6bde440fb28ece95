import type { Problem, Rule } from '../../lint/engine/rule.ts';
import { type ForeignToken, findForeignTokens } from '../../lint/foreign-syntax.ts';
import { collectGivenNames } from '../../lint/variable-uses.ts';
import type { Template } from '../../prompt/template.ts';

export const foreignTemplateSyntax: Rule = {
  id: 'foreign-template-syntax',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  fix: 'unsafe',
  summary: 'Template syntax of another tool is sent to the model literally',
  docs: {
    why: 'A placeholder of this format is `{{name}}`: no spaces next to the braces, no filters, no conditions. Everything else in braces is plain text that the model sees. `{name}` is reported only where a test row or a declaration has that name.',
    bad: `messages:
  - role: user
    content: "Summarize {{ text }} {% if tone %}in a {{tone}} tone{% endif %}"
testData:
  - text: The sky is blue.
    tone: cheerful`,
    good: `messages:
  - role: user
    content: "Summarize {{text}} in a {{tone}} tone"
testData:
  - text: The sky is blue.
    tone: cheerful`,
    unless:
      'The prompt is about templates of that syntax: put examples in backticks or a fence, where they are not reported.',
  },
  *check({ readings, prompt, templates, facts, uses }) {
    const given = collectGivenNames(prompt, facts.testFileKeys);
    const isMeant = ({ kind, name, inCode }: ForeignToken): boolean => {
      const isGiven = name !== undefined && given.has(name);
      // If a placeholder has the name too, `{name}` shows the format of an answer.
      const isUsed = name !== undefined && (uses.messages.has(name) || uses.evaluators.has(name));
      // Without rows and declarations the caller knows what its values are called.
      if (kind === 'key') return given.size > 0 && !inCode;
      return kind === 'single' ? isGiven && !isUsed : isGiven || !inCode;
    };
    const seen = new Map<
      string,
      { template: Template; tokens: ForeignToken[]; problem: Problem }
    >();
    for (const { template, place } of templates) {
      if (place === 'with') continue;
      for (const token of readings.get(findForeignTokens, template.text)) {
        const source = template.text.slice(token.start, token.end);
        // A key of a row may look like anything.
        if (!isMeant(token) || given.has(source.slice(2, -2))) continue;
        const known = seen.get(source);
        if (known && known.template === template) known.tokens.push(token);
        if (known || isBlockEnd(source, seen)) continue;
        const confidence = token.name !== undefined && given.has(token.name) ? 'high' : 'medium';
        const span = template.span(token.start, token.end);
        const problem: Problem = { message: describeToken(token, source), span, confidence };
        seen.set(source, { template, tokens: [token], problem });
      }
    }
    for (const { template, tokens, problem } of seen.values()) {
      const name = tokens[0]?.name;
      if (name === undefined) yield problem;
      else {
        const edits = tokens.map((token) => ({
          span: template.span(token.start, token.end),
          text: `{{${name}}}`,
        }));
        yield {
          ...problem,
          fixes: [{ title: `Replace it with \`{{${name}}}\``, safe: false, edits }],
        };
      }
    }
  },
};

/** True for `{{/if}}` and `{% endif %}`, which are reported with the start of the block. */
function isBlockEnd(source: string, seen: ReadonlyMap<string, unknown>): boolean {
  return seen.size > 0 && /^\{\{\s*~?\/|^\{%-?\s*(?:end|el)/.test(source);
}

function describeToken({ kind, name = '' }: ForeignToken, source: string): string {
  const shown = source.length > 50 ? `${source.slice(0, 50)}…` : source;
  switch (kind) {
    case 'spaced':
      return `\`${shown}\` is sent literally, because placeholders have no spaces next to the braces. Use \`{{${name}}}\`.`;
    case 'filter':
      return `\`${shown}\` is sent literally, because filters are not supported. Use \`{{${name}}}\` and supply the finished value.`;
    case 'braces':
      return `The value of \`${name}\` is sent with braces around it. Use \`{{${name}}}\`.`;
    case 'single':
      return `\`${shown}\` is sent literally, although \`${name}\` has a value. Use \`{{${name}}}\`.`;
    case 'block':
    case 'tag':
      return `\`${shown}\` is sent literally, because conditions and loops are not supported. Write two prompts, or let the caller supply the finished text.`;
    case 'key':
      return `\`${shown}\` is sent literally, because no test row and no declaration has that key. Use one of theirs.`;
    case 'partial':
      return `\`${shown}\` is sent literally, because includes are not supported. Write the text itself, or supply it as a value.`;
    default:
      return kind satisfies never;
  }
}
