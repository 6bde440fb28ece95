import { findJsonSchemaProblems } from '../../json-schema-problems.ts';
import { parseJsonText } from '../../json-text.ts';
import type { Evaluator } from '../../prompt/document.ts';
import type { Node } from '../../prompt/node.ts';
import { CaseValues } from '../plan/request.ts';
import type { BoundedRegex } from '../ports.ts';
import type { Check } from './check.ts';
import { readArguments } from './read-arguments.ts';
import { transform } from './transform.ts';

/** Why an evaluator cannot run with these arguments, whatever the row; null if it can. */
export function validateArguments(check: Check, { body, threshold }: Evaluator): string | null {
  if (body.type !== 'uses' || (body.with && hasPlaceholder(body.with))) return null;
  const limit = check.thresholdParameter;
  const preset =
    limit === undefined || threshold === undefined ? undefined : { [limit]: threshold };
  // Whether each row has `expected` is checked elsewhere.
  const parameters = check.parameters.map((p) => ({
    ...p,
    required: p.required && p.fallsBackToExpected !== true,
  }));
  const read = readArguments(parameters, body.with, NO_VALUES, true, preset);
  if ('error' in read) return read.error;
  const { args } = read;
  for (const { name, type } of parameters) {
    if (type !== 'schema' || !args.has(name)) continue;
    const tree = parseJsonText(JSON.stringify(args.json(name)));
    const [first] = 'message' in tree ? [tree] : findJsonSchemaProblems(tree);
    if (first) return `\`${name}\` is not a valid JSON Schema: ${first.message}`;
  }
  return check.validate?.(args) ?? null;
}

/** Why a `transform` cannot run; null if it can. */
export function validateTransform({ transform: name }: Evaluator): string | null {
  if (name?.includes('{{')) return null;
  const result = transform('', name, NO_REGEX);
  return result.kind === 'error' ? result.message : null;
}

const NO_VALUES = new CaseValues(
  {
    row: {
      index: 0,
      number: 1,
      span: { start: 0, end: 0 },
      values: new Map(),
      meta: { tags: [], skip: false, only: false, must: false, evaluators: [] },
    },
  },
  { variables: [], oddKeys: new Set() },
);

const NO_REGEX: BoundedRegex = {
  exec: () => ({ kind: 'none' }),
  within: (work) => ({ kind: 'done', value: work() }),
};

function hasPlaceholder(node: Node): boolean {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'string' && node.value.includes('{{');
    case 'list':
      return node.items.some(hasPlaceholder);
    case 'map':
      return node.entries.some(({ value }) => hasPlaceholder(value));
    default:
      return node satisfies never;
  }
}
