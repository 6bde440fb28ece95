import { parseExpression } from '../../expression.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { headSpan, pointAt } from '../../prompt/locate.ts';
import { findMeantKey } from '../../prompt/near-keys.ts';
import { findEntry, type Node, type ScalarNode } from '../../prompt/node.ts';
import { type SchemaViolation, schemaViolations } from '../../prompt/schema.ts';
import { isUnquotedTemplate } from '../../prompt/unquoted-template.ts';
import { fixViolation } from './schema-fixes.ts';

export const schema: Rule = {
  id: 'schema',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  fix: 'safe',
  summary: 'A value has the wrong type, or a required part is missing',
  docs: {
    why: 'The programs that read this format decode it into fixed types. A list where text is expected, an unknown `role`, or test data that is not a list makes them reject the whole file: this is an error. A number out of range, an empty message, and mistakes in keys that only Promptsmith reads are warnings.',
    bad: `messages:
  - role: human
    content:
      - Summarize this.
modelParameters:
  temperature: 3`,
    good: `messages:
  - role: user
    content: Summarize this.
modelParameters:
  temperature: 1`,
  },
  *check({ prompt }) {
    const values = schemaViolations(prompt, ({ unknownKey }) => unknownKey === undefined);
    for (const violation of values) {
      const { span, breaksReaders } = violation;
      const fixes = fixViolation(violation, prompt.text);
      yield {
        message: describeViolation(violation),
        span,
        severity: breaksReaders ? 'error' : 'warning',
        ...(fixes.length > 0 ? { fixes } : {}),
      };
    }
    yield* missingParts(prompt);
    for (const { name, text, span } of prompt.derivedMetrics) {
      const formula = parseExpression(text);
      if ('error' in formula)
        yield { message: `\`${name}\` ${formula.error}.`, span, severity: 'warning' };
    }
  },
};

function describeViolation(violation: SchemaViolation): string {
  const { keyword, message, node, allowed, breaksReaders } = violation;
  const consequence = breaksReaders ? ' Other programs reject the whole file.' : '';
  if (keyword === 'minimum' || keyword === 'maximum')
    return `${message} Providers reject other values.`;
  if (keyword !== 'type' || !node) return message + consequence;
  const isText = allowed?.includes('string') ?? false;
  if (isText && node.type === 'scalar' && node.value !== null)
    return `${message.slice(0, -1)}, but \`${node.source}\` is ${describeType(node)} in YAML. Put it in quotes.`;
  const advice = isText && node.type !== 'scalar' ? ' Write it in quotes or in a `|` block.' : '';
  return `${message.slice(0, -1)}, but here it is ${describeType(node)}.${consequence}${advice}`;
}

function describeType(node: Node): string {
  if (node.type === 'map') return 'a map';
  if (node.type === 'list') return 'a list';
  if (node.value === null) return 'empty';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'number' ? 'a number' : '`true` or `false`';
}

/** Reports missing messages, roles and texts. The schema requires none of them, because half-typed files lack some. */
function* missingParts({ root, messages, text }: PromptDocument): Generator<Problem> {
  if (root?.type !== 'map') return;
  const entry = findEntry(root, 'messages');
  const list = entry?.value;
  const isEmpty = !list || (list.type === 'scalar' && list.value === null) || isEmptyList(list);
  // A misspelled key has its own finding.
  const isMisspelled = !entry && root.entries.some((one) => findMeantKey(one, root) === 'messages');
  if (isEmpty && !isMisspelled && root.entries.length > 0) {
    const span = entry?.key.span ?? headSpan(root);
    yield {
      message: 'The prompt has no `messages`, so nothing can be sent. Add at least one.',
      span,
      severity: 'warning',
    };
  }
  const items = list?.type === 'list' ? list.items : [];
  for (const message of messages) {
    const item = items[message.index];
    if (item?.type !== 'map' || isUnquotedTemplate(item, text)) continue;
    if (!message.roleNode) {
      const what = 'This message has no `role`. Set it to `system`, `user` or `assistant`.';
      yield { message: what, span: headSpan(item), severity: 'error' };
    }
    const content = findEntry(item, 'content');
    const isBlank = !content || (content.value.type === 'scalar' && isBlankScalar(content.value));
    if (!isBlank) continue;
    // Other tools write an empty system message where there is none.
    const isUnused = message.role === 'system' && message.content !== null;
    const what = `This message is empty. ${isUnused ? 'Remove it' : 'Write its `content`, or remove the message'}.`;
    const span = content ? pointAt(content) : headSpan(item);
    yield { message: what, span, severity: isUnused ? 'info' : 'warning' };
  }
}

function isEmptyList(node: Node): boolean {
  return node.type === 'list' && node.items.length === 0;
}

function isBlankScalar({ value }: ScalarNode): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
