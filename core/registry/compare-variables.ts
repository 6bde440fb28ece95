import { jsonEquals } from '../json.ts';
import type { PromptDocument, Variable } from '../prompt/document.ts';
import { toJson } from '../prompt/node.ts';
import type { Bump, Change } from './change.ts';

/** What matters to callers about a variable. */
interface ComparedVariable {
  readonly required: boolean;
  readonly declared: Variable | null;
}

/** Lists what differs between the variables of two prompts: declared ones, and those that messages use. */
export function compareVariables(before: PromptDocument, after: PromptDocument): Change[] {
  const [left, right] = [collectVariables(before), collectVariables(after)];
  const changes: Change[] = [];
  const add = (bump: Bump, text: string) => changes.push({ part: 'variables', bump, text });
  for (const [name, { required }] of right) {
    const kind = required ? 'required' : 'optional';
    if (!left.has(name))
      add(required ? 'major' : 'minor', `the ${kind} variable "${name}" was added`);
  }
  for (const [name, was] of left) {
    const is = right.get(name);
    const kind = was.required ? 'required' : 'optional';
    if (!is) add(was.required ? 'major' : 'minor', `the ${kind} variable "${name}" was removed`);
    else compareDeclarations(name, was, is, add);
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

function compareDeclarations(
  name: string,
  was: ComparedVariable,
  is: ComparedVariable,
  add: (bump: Bump, text: string) => void,
): void {
  const which = `the variable "${name}"`;
  if (!was.required && is.required) add('major', `${which} is now required`);
  if (was.required && !is.required) add('minor', `${which} is now optional`);
  const [old, now] = [was.declared, is.declared];
  if (!old || !now) {
    if (old !== now) add('patch', `${which} is ${now ? 'now' : 'no longer'} declared`);
    return;
  }
  const [type, next] = [old.type ?? 'string', now.type ?? 'string'];
  if (type !== next) add('major', `the type of ${which} changed: ${type} → ${next}`);
  compareEnums(which, old, now, add);
  const defaults = [old, now].map((v) => (v.defaultNode ? toJson(v.defaultNode) : null));
  if (old.defaultNode && now.defaultNode && !jsonEquals(defaults[0], defaults[1]))
    add('minor', `the default of ${which} changed`);
  if (!jsonEquals(pickAnnotations(old), pickAnnotations(now)))
    add('patch', `the description of ${which} changed`);
}

function compareEnums(
  which: string,
  old: Variable,
  now: Variable,
  add: (bump: Bump, text: string) => void,
): void {
  if (jsonEquals(old.enum ?? null, now.enum ?? null)) return;
  const refused = !now.enum
    ? false
    : !old.enum || old.enum.some((value) => !now.enum?.some((other) => jsonEquals(value, other)));
  add(
    refused ? 'major' : 'minor',
    `${which} accepts ${refused ? 'fewer or different' : 'more'} values`,
  );
}

function pickAnnotations({ description, example, trust, maxTokens }: Variable): unknown {
  return { description, example, trust, maxTokens };
}
