import { assignCaseIds, rowToJson } from '../eval/ids.ts';
import { canonicalJson, jsonEquals } from '../json.ts';
import type { Row } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';
import { type Change, excerpt } from './change.ts';
import { compareEvaluators, dropName } from './compare-evaluators.ts';
import { formatReplacement } from './compare-values.ts';
import { type KeyedRow, pairRows } from './pair-rows.ts';

/** Changes of one kind that are listed one by one. */
const MAX_LISTED = 5;

/** Lists what differs between the test rows of two prompts: each field once, changed expected values one by one. */
export function compareRows(before: readonly Row[], after: readonly Row[]): Change[] {
  const { pairs, removed, added } = pairRows(keyRows(before), keyRows(after));
  const patch = (text: string): Change => ({ part: 'data', bump: 'patch', text });
  const changes: Change[] = [];
  for (const [n, what] of [
    [added.length, 'added'],
    [removed.length, 'removed'],
  ] as const)
    if (n > 0) changes.push(patch(`${n} test ${n === 1 ? 'row was' : 'rows were'} ${what}`));
  const withChecks = [...added, ...removed].filter(({ checks }) => checks !== null);
  if (withChecks.length > 0)
    changes.push({
      part: 'evaluators',
      bump: 'minor',
      text: 'test rows with checks of their own were added or removed',
    });
  return [...listFields(pairs).map(patch), ...changes, ...pairs.flatMap(compareOwnChecks)];
}

function keyRows(rows: readonly Row[]): KeyedRow[] {
  const ids = assignCaseIds(rows);
  return rows.map((row, i) => {
    const { tags, skip, only, must, group, source, name, threshold, evaluators } = row.meta;
    const meta: Record<string, Json> = {};
    const about = { tags, skip, only, must, group, source, name };
    for (const [key, value] of Object.entries(about))
      if (value !== undefined) meta[`$case.${key}`] = value;
    const checks =
      evaluators.length === 0 && threshold === undefined
        ? null
        : canonicalJson([threshold, evaluators.map((one) => [one.name, dropName(one)])]);
    return { id: ids[i] ?? String(i), row, values: rowToJson(row), meta, checks };
  });
}

/** A line for each field that changed: with both values in a single row, else with the number of rows. */
function listFields(pairs: readonly (readonly [KeyedRow, KeyedRow])[]): string[] {
  const found = new Map<string, string[]>();
  const add = (field: string, text: string) =>
    found.set(field, [...(found.get(field) ?? []), text]);
  for (const [was, is] of pairs) {
    const row = describeRow(was.row.meta.name === undefined ? is : was);
    const [left, right] = [
      { ...was.values, ...was.meta },
      { ...is.values, ...is.meta },
    ];
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const [a, b] = [left[field], right[field]];
      if (a !== undefined && b !== undefined && jsonEquals(a, b)) continue;
      if (a === undefined && b === undefined) continue;
      if (field === 'expected')
        add(field, `the expected value of ${row} changed: ${shorten(a)} → ${shorten(b)}`);
      else add(field, `\`${field}\` of ${row} changed${formatReplacement(a, b)}`);
    }
  }
  return [...found].flatMap(([field, lines]) => {
    if (field === 'expected') {
      const more = lines.length - MAX_LISTED;
      const rest = more > 0 ? [`${more} more expected values changed`] : [];
      return [...lines.slice(0, MAX_LISTED), ...rest];
    }
    return lines.length === 1 ? lines : [`\`${field}\` changed in ${lines.length} test rows`];
  });
}

/** A row by its name, else by its place and its first value. */
function describeRow({ row, values }: KeyedRow): string {
  if (row.meta.name !== undefined) return `the test row "${row.meta.name}"`;
  const [first] = Object.values(values);
  return `test row ${row.index + 1} (“${shorten(first)}”)`;
}

function shorten(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : canonicalJson(value ?? null);
  return value === undefined ? 'not set' : excerpt(text, 30);
}

function compareOwnChecks([was, is]: readonly [KeyedRow, KeyedRow]): Change[] {
  if (was.checks === is.checks) return [];
  const place = ` of ${describeRow(is)}`;
  const changes = compareEvaluators(was.row.meta.evaluators, is.row.meta.evaluators, place);
  const [a, b] = [was.row.meta.threshold, is.row.meta.threshold];
  if (a !== b) {
    const text = `\`$case.threshold\`${place} changed${formatReplacement(a, b)}`;
    changes.push({ part: 'evaluators', bump: 'minor', text });
  }
  return changes;
}
