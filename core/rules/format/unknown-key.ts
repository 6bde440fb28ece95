import { findClosest } from '../../find-closest.ts';
import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import { renameKey } from '../../prompt/edit.ts';
import { nodeAt, type Path } from '../../prompt/locate.ts';
import { findMeantKey } from '../../prompt/near-keys.ts';
import { findEntry, type MapEntry, type Node } from '../../prompt/node.ts';
import { schemaViolations } from '../../prompt/schema.ts';
import { findSchemaParts } from '../../schema-at.ts';
import { isProviderField, reportProviderField } from './provider-fields.ts';

export const unknownKey: Rule = {
  id: 'unknown-key',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  fix: 'unsafe',
  summary: 'A key that neither Promptsmith nor GitHub’s readers know',
  docs: {
    why: 'Promptsmith and GitHub’s readers silently ignore keys that they do not know: a parameter that is misspelled or in the wrong place is not sent. A misspelled key that decides what is sent or judged, such as `mesages`, is an error.',
    bad: `messages:
  - role: user
    content: Say hello.
modelParameters:
  temperture: 0`,
    good: `messages:
  - role: user
    content: Say hello.
modelParameters:
  temperature: 0`,
    unless:
      'Another tool reads the key. Start its name with `x-`, or put it under `metadata`: both are ignored by this rule.',
  },
  *check({ prompt }) {
    const { root } = prompt;
    const isKey = ({ unknownKey: key }: { unknownKey?: string }) =>
      key !== undefined && !key.startsWith('x-');
    for (const { path, unknownKey: key = '', knownKeys = [] } of schemaViolations(prompt, isKey)) {
      const holder = nodeAt(root, path.slice(0, -1));
      const entry = findEntry(holder, key);
      if (entry && holder && !isOtherRules(path, holder))
        yield report(entry, holder, path, knownKeys);
    }
    for (const [i, { node }] of prompt.evaluators.entries())
      yield* reportMisspelled(node, ['evaluators', i]);
    for (const { index, meta } of prompt.rows)
      for (const [i, { node }] of meta.evaluators.entries())
        yield* reportMisspelled(node, ['testData', index, '$case', 'evaluators', i]);
  },
};

/** True for `string` without any known criterion, which `unrunnable-evaluator` reports. */
function isOtherRules(path: Path, holder: Node): boolean {
  if (path.at(-2) !== 'string' || !path.includes('evaluators')) return false;
  return !['equals', 'contains', 'startsWith', 'endsWith'].some((key) => findEntry(holder, key));
}

function report(entry: MapEntry, holder: Node, path: Path, knownKeys: readonly string[]): Problem {
  const key = entry.key.source;
  const span = entry.key.span;
  const place = rightPlace(key, path);
  if (place !== undefined) return { message: `\`${key}\` has no effect here. ${place}`, span };
  if (path.length === 2 && path[0] === 'modelParameters' && isProviderField(key))
    return reportProviderField(entry, holder);
  const meant = path.length === 1 ? findMeantKey(entry, holder) : undefined;
  const near = meant ?? (key.length > 2 ? findClosest(key, knownKeys) : undefined);
  const message = `Promptsmith and GitHub’s readers do not know \`${shorten(key)}\`.`;
  if (near === undefined || findEntry(holder, near)) return { message, span };
  const fix: Fix = {
    title: `Rename it to \`${near}\``,
    safe: false,
    edits: [renameKey(entry, near)],
  };
  return {
    message: `${message} Did you mean \`${near}\`?`,
    span,
    ...(meant === undefined ? {} : { severity: 'error' }),
    fixes: [fix],
  };
}

/** Finds where the format allows this key, if elsewhere. */
function rightPlace(key: string, path: Path): string | undefined {
  const [top, parameters] = [findSchemaParts([]), findSchemaParts(['modelParameters'])].map(
    (parts) => parts.at(-1)?.properties ?? {},
  );
  if (path.length === 1 && parameters && Object.hasOwn(parameters, key))
    return 'Move it to `modelParameters`.';
  if (path[0] === 'modelParameters' && top && Object.hasOwn(top, key)) {
    const name = top[key]?.['x-alias'] ?? key;
    return `Move \`${name}\` to the top level, beside \`model\`.`;
  }
  return undefined;
}

/** Evaluators may have keys of other tools, so only likely typos are reported. */
function* reportMisspelled(node: Node, path: Path): Generator<Problem> {
  const entries = node.type === 'map' ? node.entries : [];
  const known = Object.keys(findSchemaParts(path).at(-1)?.properties ?? {});
  for (const entry of entries) {
    const key = entry.key.source;
    if (known.includes(key) || key.length < 4 || FOREIGN.test(key)) continue;
    const near = findClosest(key, known);
    if (near !== undefined && !findEntry(node, near)) yield report(entry, node, path, known);
  }
}

/** Keys of other formats that resemble ours. */
const FOREIGN = /^(?:type|regex|value|pattern|names|user)$/;

function shorten(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}
