import { jsonEquals } from '../json.ts';
import type { PromptDocument, Variable } from '../prompt/document.ts';
import { toJson } from '../prompt/node.ts';
import type { Bump, Change } from './change.ts';
import { compareValues, formatReplacement } from './compare-values.ts';
import type { Renames } from './find-renames.ts';

/** What matters to callers about a variable. */
interface ComparedVariable {
  readonly required: boolean;
  readonly declared: Variable | null;
}

/**
 * Lists what differs between the variables of two prompts: declared ones, and those that messages use. The
 * first prompt already has the new names of those that were renamed.
 */
export function compareVariables(
  before: PromptDocument,
  after: PromptDocument,
  renames: Renames,
): Change[] {
  const [left, right] = [collectVariables(before), collectVariables(after)];
  const changes: Change[] = [];
  const add = (bump: Bump, text: string) => changes.push({ part: 'variables', bump, text });
  // Callers pass the old name: its values no longer arrive, required or not.
  for (const [old, now] of renames) add('major', `the variable "${old}" was renamed to "${now}"`);
  for (const [name, { required }] of right) {
    const kind = required ? 'required' : 'optional';
    if (!left.has(name))
      add(required ? 'major' : 'minor', `the ${kind} variable "${name}" was added`);
  }
  for (const [name, was] of left) {
    const is = right.get(name);
    const kind = was.required ? 'required' : 'optional';
    if (!is) add(was.required ? 'major' : 'minor', `the ${kind} variable "${name}" was removed`);
    else changes.push(...compareVariable(`the variable "${name}"`, was, is));
  }
  return changes;
}

function collectVariables({ variables, messages }: PromptDocument): Map<string, ComparedVariable> {
  const demands = new Map<string, ComparedVariable>();
  for (const declared of variables) {
    const required = declared.required !== false && declared.defaultNode === undefined;
    demands.set(declared.name, { required, declared });
  }
  for (const { content } of messages) {
    for (const { name } of content?.placeholders ?? [])
      if (!demands.has(name)) demands.set(name, { required: true, declared: null });
  }
  return demands;
}

function compareVariable(which: string, was: ComparedVariable, is: ComparedVariable): Change[] {
  const [old, now] = [was.declared, is.declared];
  const changes = compareRequired(which, was, is);
  if (old && now) return [...changes, ...compareDeclarations(which, old, now)];
  if (old === now) return changes;
  const text = `${which} is ${now ? 'now' : 'no longer'} declared`;
  return [...changes, { part: 'variables', bump: 'patch', text }];
}

function compareRequired(which: string, was: ComparedVariable, is: ComparedVariable): Change[] {
  if (was.required === is.required) return [];
  const [bump, what] = is.required
    ? (['major', 'now required'] as const)
    : (['minor', 'now optional'] as const);
  return [{ part: 'variables', bump, text: `${which} is ${what}` }];
}

function compareDeclarations(which: string, old: Variable, now: Variable): Change[] {
  const compare = (bump: Bump, field: string, a: unknown, b: unknown) =>
    compareValues({ part: 'variables', bump }, `the ${field} of ${which}`, a, b);
  const [value, next] = [old, now].map((v) => (v.defaultNode ? toJson(v.defaultNode) : undefined));
  return [
    ...compare('major', 'type', old.type ?? 'string', now.type ?? 'string'),
    ...compareEnums(which, old, now),
    ...compare('minor', 'default', value, next),
    ...compare('patch', 'description', old.description, now.description),
    ...compare('patch', 'example', old.example, now.example),
    ...compare('patch', 'trust', old.trust, now.trust),
    ...compare('patch', 'maxTokens', old.maxTokens, now.maxTokens),
  ];
}

function compareEnums(which: string, old: Variable, now: Variable): Change[] {
  if (jsonEquals(old.enum ?? null, now.enum ?? null)) return [];
  const lacks = (list: Variable['enum'], other: Variable['enum']) =>
    list?.some((value) => !other?.some((one) => jsonEquals(value, one))) ?? false;
  const values = formatReplacement(old.enum, now.enum);
  const isRefused = now.enum !== undefined && (old.enum === undefined || lacks(old.enum, now.enum));
  const isMore = now.enum === undefined || lacks(now.enum, old.enum);
  const [bump, what]: [Bump, string] = isRefused
    ? ['major', 'accepts fewer or different values']
    : isMore
      ? ['minor', 'accepts more values']
      : ['patch', 'lists its values in another order'];
  return [{ part: 'variables', bump, text: `${which} ${what}${values}` }];
}
