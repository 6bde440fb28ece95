import { evaluatorValue } from '../eval/hashes.ts';
import { assignCaseIds, rowToJson } from '../eval/ids.ts';
import { canonicalJson, jsonEquals } from '../json.ts';
import type { Evaluator, PromptDocument, Row } from '../prompt/document.ts';
import { type Change, excerpt } from './change.ts';
import { classifyTextChange } from './text-change.ts';

/** Changes of one kind that are listed one by one. */
const MAX_LISTED = 5;

/** A test row with its case id. */
export interface IdentifiedRow {
  readonly id: string;
  readonly row: Row;
}

/** Pairs test rows with their case ids, which depend on all of them. */
export function identifyRows(rows: readonly Row[]): IdentifiedRow[] {
  const ids = assignCaseIds(rows);
  return rows.map((row, i) => ({ id: ids[i] ?? String(i), row }));
}

/** Lists what differs between the evaluators and acceptance criteria of two prompts. */
export function compareChecks(before: PromptDocument, after: PromptDocument): Change[] {
  const changes = compareEvaluators(before.evaluators, after.evaluators);
  const [was, is] = [before.acceptance, after.acceptance];
  if (!jsonEquals(was, is)) {
    const what = !was ? 'was added' : !is ? 'was removed' : 'changed';
    changes.push({ part: 'acceptance', bump: 'minor', text: `acceptance ${what}` });
  }
  return changes;
}

/** The change when test rows have other checks of their own; none otherwise. */
export function compareRowChecks(
  before: readonly IdentifiedRow[],
  after: readonly IdentifiedRow[],
): Change[] {
  if (jsonEquals(listRowChecks(before), listRowChecks(after))) return [];
  return [{ part: 'evaluators', bump: 'minor', text: 'checks of individual test rows changed' }];
}

function compareEvaluators(left: readonly Evaluator[], right: readonly Evaluator[]): Change[] {
  const changes: Change[] = [];
  const open = new Set(left);
  const unmatched: Evaluator[] = [];
  const take = (matches: (one: Evaluator) => boolean): Evaluator | undefined => {
    const found = [...open].find(matches);
    if (found) open.delete(found);
    return found;
  };
  for (const now of right) {
    const was = take(({ name }) => name === now.name);
    if (was) changes.push(...compareEvaluator(was, now));
    else unmatched.push(now);
  }
  for (const now of unmatched) {
    const was = take((one) => jsonEquals(dropName(one), dropName(now)));
    const text = was
      ? `the evaluator "${was.name}" was renamed to "${now.name}"`
      : `the evaluator "${now.name}" was added`;
    changes.push({ part: 'evaluators', bump: was ? 'patch' : 'minor', text });
  }
  for (const { name } of open)
    changes.push({
      part: 'evaluators',
      bump: 'minor',
      text: `the evaluator "${name}" was removed`,
    });
  return changes;
}

function compareEvaluator(was: Evaluator, now: Evaluator): Change[] {
  if (jsonEquals(dropName(was), dropName(now))) return [];
  const which = `the evaluator "${now.name}"`;
  const spelling = isSpelling(was, now);
  const limits =
    was.threshold === now.threshold
      ? ''
      : `: threshold ${was.threshold ?? 'none'} → ${now.threshold ?? 'none'}`;
  return [
    spelling
      ? { part: 'evaluators', bump: 'patch', text: `spelling or white space in ${which} changed` }
      : { part: 'evaluators', bump: 'minor', text: `${which} changed${limits}` },
  ];
}

/** True when only the spelling of a judge's prompts differs. */
function isSpelling(was: Evaluator, now: Evaluator): boolean {
  if (was.body.type !== 'llm' || now.body.type !== 'llm') return false;
  const plain = (one: Evaluator) => ({
    ...one,
    body: { ...one.body, prompt: null, systemPrompt: null },
  });
  if (!jsonEquals(dropName(plain(was) as Evaluator), dropName(plain(now) as Evaluator)))
    return false;
  const pairs = [
    [was.body.prompt, now.body.prompt],
    [was.body.systemPrompt, now.body.systemPrompt],
  ] as const;
  return pairs.every(([a, b]) => classifyTextChange(a?.text ?? '', b?.text ?? '') !== 'wording');
}

/** An evaluator's content without its name, as plain JSON. */
function dropName(evaluator: Evaluator): unknown {
  return JSON.parse(canonicalJson(evaluatorValue({ ...evaluator, name: '' })));
}

function listRowChecks(rows: readonly IdentifiedRow[]): unknown {
  const own = rows.flatMap(({ id, row: { meta } }) =>
    meta.evaluators.length === 0 && meta.threshold === undefined
      ? []
      : [canonicalJson([id, meta.threshold, meta.evaluators.map(dropName)])],
  );
  return own.sort();
}

/** Lists what differs between the test rows of two prompts; changed expected values are listed one by one. */
export function compareRows(
  before: readonly IdentifiedRow[],
  after: readonly IdentifiedRow[],
): Change[] {
  const [left, right] = [keyRows(before), keyRows(after)];
  const removed = [...left].filter(([id, value]) => right.get(id)?.all !== value.all);
  const added = [...right].filter(([id, value]) => left.get(id)?.all !== value.all);
  const byInput = new Map(removed.map(([id, value]) => [value.input, { id, value }]));
  const changes: Change[] = [];
  const labels: string[] = [];
  let [more, other] = [0, 0];
  for (const [id, value] of added) {
    const same = byInput.get(value.input);
    if (same) {
      byInput.delete(value.input);
      if (same.value.expected !== value.expected)
        labels.push(`${id}: ${excerpt(same.value.expected, 30)} → ${excerpt(value.expected, 30)}`);
      else other++;
    } else if (left.has(id)) {
      other++;
      byInput.delete(left.get(id)?.input ?? '');
    } else more++;
  }
  const patch = (text: string) => changes.push({ part: 'data', bump: 'patch', text });
  for (const label of labels.slice(0, MAX_LISTED)) patch(`an expected value changed, ${label}`);
  if (labels.length > MAX_LISTED)
    patch(`${labels.length - MAX_LISTED} more expected values changed`);
  if (more > 0) patch(`${countRows(more)} added`);
  if (byInput.size > 0) patch(`${countRows(byInput.size)} removed`);
  if (other > 0) patch(`${countRows(other)} changed`);
  return changes;
}

interface KeyedRow {
  readonly all: string;
  readonly input: string;
  readonly expected: string;
}

function keyRows(rows: readonly IdentifiedRow[]): Map<string, KeyedRow> {
  return new Map(
    rows.map(({ id, row }) => {
      const { expected = null, ...input } = rowToJson(row);
      const { tags, skip, only, must, group, source, name } = row.meta;
      const about = { tags, skip, only, must, group, source, name };
      const value: KeyedRow = {
        all: canonicalJson([input, expected, about]),
        input: canonicalJson(input),
        expected: typeof expected === 'string' ? expected : canonicalJson(expected),
      };
      return [id, value];
    }),
  );
}

function countRows(n: number): string {
  return `${n} test ${n === 1 ? 'row was' : 'rows were'}`;
}
