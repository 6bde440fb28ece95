import { findClosest } from '../../find-closest.ts';
import type { Fix } from '../../lint/engine/rule.ts';
import { detectLineBreak, renameKey } from '../../prompt/edit.ts';
import type { MapEntry } from '../../prompt/node.ts';

const CRITERIA = ['equals', 'contains', 'startsWith', 'endsWith'] as const;

interface Meant {
  /** The kind, without `promptsmith/`. */
  readonly kind: string;
  /** False for a criterion whose value (`isJson: true`) adds nothing. */
  readonly takesValue: boolean;
}

/** Criteria that people write under `string`, and the equivalent kinds. */
const KINDS: ReadonlyMap<string, Meant> = new Map([
  ['isjson', { kind: 'is-json', takesValue: false }],
  ['json', { kind: 'is-json', takesValue: false }],
  ['validjson', { kind: 'is-json', takesValue: false }],
  ['regex', { kind: 'regex', takesValue: true }],
  ['matches', { kind: 'regex', takesValue: true }],
  ['pattern', { kind: 'regex', takesValue: true }],
  ['notcontains', { kind: 'not-icontains', takesValue: true }],
  ['doesnotcontain', { kind: 'not-icontains', takesValue: true }],
  ['notequals', { kind: 'not-equals', takesValue: true }],
  ['containsany', { kind: 'icontains-any', takesValue: true }],
  ['containsall', { kind: 'icontains-all', takesValue: true }],
]);

/** Suggests what an unknown criterion was meant to be, as a phrase. */
export function findCriterion(key: string): string | undefined {
  const meant = KINDS.get(normalizeKey(key));
  if (meant) return `\`uses: promptsmith/${meant.kind}\``;
  const near = findClosest(normalizeKey(key), CRITERIA);
  return near && `\`${near}\``;
}

/** Renames a criterion, or replaces `string` by the equivalent kind. */
export function fixCriterion(string: MapEntry, criterion: MapEntry, text: string): Fix[] {
  const key = criterion.key.source;
  const meant = KINDS.get(normalizeKey(key));
  if (meant === undefined) {
    const near = findClosest(normalizeKey(key), CRITERIA);
    if (near === undefined) return [];
    const edits = [renameKey(criterion, near)];
    return [{ title: `Rename it to \`${near}\``, safe: false, edits }];
  }
  const { kind, takesValue } = meant;
  const { value } = criterion;
  if (string.value.type !== 'map' || string.value.alias || value.type !== 'scalar') return [];
  if (string.value.entries.length > 1) return [];
  const isBlock = value.style === 'literal' || value.style === 'folded';
  const before = text.slice(text.lastIndexOf('\n', string.span.start - 1) + 1, string.span.start);
  const parameter = text.slice(value.span.start, value.span.end);
  if (isBlock || parameter.includes('\n') || !/^ *(?:- +)?$/.test(before)) return [];
  const more = takesValue
    ? `${detectLineBreak(text)}${' '.repeat(before.length)}with: ${parameter}`
    : '';
  // A block map's span ends with its last line break.
  const end = string.value.flow ? string.value.span.end : value.span.end;
  const edits = [
    { span: { start: string.span.start, end }, text: `uses: promptsmith/${kind}${more}` },
  ];
  return [{ title: `Use \`promptsmith/${kind}\``, safe: false, edits }];
}

function normalizeKey(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/g, '');
}
