import type { Evaluator, StringCriterion } from '../../prompt/document.ts';
import { describeMissingValues } from '../plan/request.ts';
import { type Check, judged, quote } from './check.ts';
import { describeUnseenDifference } from './unseen-difference.ts';

export const string: Check = {
  kind: 'string',
  namespace: 'base',
  summary:
    '`equals` compares the trimmed answer and is case-sensitive; `contains`, `startsWith` and `endsWith` ignore case. If several are given, all must match.',
  parameters: [
    {
      name: 'equals',
      type: 'text',
      required: false,
      description: 'The trimmed answer is this text (case-sensitive).',
    },
    {
      name: 'contains',
      type: 'text',
      required: false,
      description: 'The answer contains this text, ignoring case.',
    },
    {
      name: 'startsWith',
      type: 'text',
      required: false,
      description: 'The answer starts with this text, ignoring case.',
    },
    {
      name: 'endsWith',
      type: 'text',
      required: false,
      description: 'The answer ends with this text, ignoring case.',
    },
  ],
  example: `string:
  contains: "{{expected}}"`,
  readsWhole: hasEquals,
  expects: (fault, evaluator) => fault === 'empty' && hasEquals(evaluator),
  run: ({ evaluator: { body }, text, values, allowMissing }) => {
    const criteria = body.type === 'string' ? body.criteria : [];
    if (criteria.length === 0) {
      return {
        kind: 'error',
        message: '`string` needs `equals`, `contains`, `startsWith` or `endsWith`',
      };
    }
    const filled: { kind: StringCriterion['kind']; value: string }[] = [];
    for (const { kind, template } of criteria) {
      const rendered = values.fill(template.text);
      if (rendered.missing.length > 0 && !allowMissing) {
        return {
          kind: 'error',
          message: `\`${kind}\`: ${describeMissingValues(rendered.missing)}`,
        };
      }
      if (rendered.text === '' && kind !== 'equals') {
        return { kind: 'error', message: `\`${kind}\` is empty and would match every answer` };
      }
      filled.push({ kind, value: rendered.text });
    }
    const broken = filled.find(({ kind, value }) => !isMet(kind, text, value));
    if (broken) {
      const { kind, value } = broken;
      const unseen = describeUnseenDifference(text, value, (a, b) => isMet(kind, a, b));
      return judged(false, `${describeCriterion(kind, value, false)}${unseen}`, value);
    }
    return judged(
      true,
      filled.map(({ kind, value }) => describeCriterion(kind, value, true)).join('; '),
    );
  },
};

function hasEquals({ body }: Evaluator): boolean {
  return body.type === 'string' && body.criteria.some(({ kind }) => kind === 'equals');
}

function isMet(kind: StringCriterion['kind'], text: string, value: string): boolean {
  switch (kind) {
    case 'equals':
      return text.trim() === value.trim();
    case 'contains':
      return text.toLowerCase().includes(value.toLowerCase());
    case 'startsWith':
      return text.toLowerCase().startsWith(value.toLowerCase());
    case 'endsWith':
      return text.toLowerCase().endsWith(value.toLowerCase());
    default:
      return kind satisfies never;
  }
}

function describeCriterion(kind: StringCriterion['kind'], value: string, held: boolean): string {
  const verbs = {
    equals: ['is', 'is not'],
    contains: ['contains', 'does not contain'],
    startsWith: ['starts with', 'does not start with'],
    endsWith: ['ends with', 'does not end with'],
  } as const;
  return `the answer ${verbs[kind][held ? 0 : 1]} ${quote(value)}`;
}
