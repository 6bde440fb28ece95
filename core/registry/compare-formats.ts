import { jsonEquals } from '../json.ts';
import type { PromptDocument } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';
import type { Change } from './change.ts';
import { compareMembers, compareValues } from './compare-values.ts';

/** Keys of a schema that are listed one by one. */
const MAX_LISTED = 5;

/** Lists what differs between the response formats and JSON schemas of two prompts. */
export function compareFormats(left: PromptDocument, right: PromptDocument): Change[] {
  const kind = { part: 'format', bump: 'major' } as const;
  const [was, is] = [left.responseFormat ?? 'text', right.responseFormat ?? 'text'];
  const text = `the response format changed: ${was} → ${is}`;
  const changes: Change[] = was === is ? [] : [{ ...kind, text }];
  const [old, now] = [left.jsonSchema?.source ?? '', right.jsonSchema?.source ?? ''];
  if (old === now) return changes;
  // A new format brings its schema along.
  if (old === '' || now === '') {
    if (changes.length > 0) return changes;
    return [{ ...kind, text: `the JSON schema was ${now === '' ? 'removed' : 'added'}` }];
  }
  return [...changes, ...compareSchemas(old, now)];
}

function compareSchemas(old: string, now: string): Change[] {
  const [was, is] = [parseJson(old), parseJson(now)];
  if (was === undefined || is === undefined)
    return compareValues(
      { part: 'format', bump: 'major' },
      'the text of the JSON schema',
      old,
      now,
    );
  if (jsonEquals(was, is))
    return [{ part: 'format', bump: 'patch', text: 'the layout of the JSON schema changed' }];
  const isNote = jsonEquals(stripAnnotations(was), stripAnnotations(is));
  const kind = { part: 'format', bump: isNote ? 'minor' : 'major' } as const;
  const members = compareMembers(kind, 'jsonSchema', was, is);
  const more = members.length - MAX_LISTED;
  const rest = { ...kind, text: `${more} more keys of the JSON schema changed` };
  return more > 0 ? [...members.slice(0, MAX_LISTED), rest] : members;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON Schema keywords that do not constrain values. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'description',
  'title',
  'examples',
  '$comment',
  'default',
]);

/** A schema without annotations. `names`: the keys are property names, not keywords. */
function stripAnnotations(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((item) => stripAnnotations(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names || !ANNOTATIONS.has(key))
      .map(([key, item]) => [
        key,
        stripAnnotations(item, !names && /^(?:properties|\$defs|definitions)$/.test(key)),
      ]),
  );
}
