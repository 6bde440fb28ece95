import { evaluatorValue } from '../eval/hashes.ts';
import { canonicalJson, jsonEquals } from '../json.ts';
import type { Evaluator, EvaluatorBody } from '../prompt/document.ts';
import { type Json, toJson } from '../prompt/node.ts';
import type { Change } from './change.ts';
import { compareValues, isMap } from './compare-values.ts';
import { classifyTextChange } from './text-change.ts';

const MINOR = { part: 'evaluators', bump: 'minor' } as const;

/** Lists what differs between two lists of evaluators. `place` follows their names: ` of the row "x"`. */
export function compareEvaluators(
  left: readonly Evaluator[],
  right: readonly Evaluator[],
  place = '',
): Change[] {
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
    if (was) changes.push(...compareEvaluator(was, now, place));
    else unmatched.push(now);
  }
  for (const now of unmatched) {
    // A name that comes from the kind changes with it.
    const same = take((one) => one.index === now.index && isUnnamed(one) && isUnnamed(now));
    if (same) {
      changes.push(...compareEvaluator(same, now, place));
      continue;
    }
    const was = take((one) => jsonEquals(dropName(one), dropName(now)));
    const text = was
      ? `the evaluator "${was.name}"${place} was renamed to "${now.name}"`
      : `the evaluator "${now.name}"${place} was added`;
    changes.push({ part: 'evaluators', bump: was ? 'patch' : 'minor', text });
  }
  for (const { name } of open)
    changes.push({ ...MINOR, text: `the evaluator "${name}"${place} was removed` });
  const names = (list: readonly Evaluator[]) => list.map(({ name }) => name);
  if (changes.length === 0 && !jsonEquals(names(left), names(right)))
    changes.push({ ...MINOR, bump: 'patch', text: `the order of the evaluators${place} changed` });
  return changes;
}

function isUnnamed({ nameSpan, span }: Evaluator): boolean {
  return nameSpan.start === span.start && nameSpan.end === span.end;
}

function compareEvaluator(was: Evaluator, now: Evaluator, place: string): Change[] {
  const which = `the evaluator "${now.name}"${place}`;
  const compare = (field: string, a: unknown, b: unknown) =>
    compareValues(MINOR, `the ${field} of ${which}`, a, b);
  return [
    ...compare('threshold', was.threshold, now.threshold),
    ...compare('weight', was.weight, now.weight),
    ...compare('metric', was.metric, now.metric),
    ...compare('transformation', was.transform, now.transform),
    ...compareBodies(was.body, now.body, which),
  ];
}

function compareBodies(was: EvaluatorBody, now: EvaluatorBody, which: string): Change[] {
  const compare = (field: string, a: unknown, b: unknown) =>
    compareValues(MINOR, `${field} of ${which}`, a, b);
  if (was.type === 'string' && now.type === 'string') return compareCriteria(was, now, compare);
  if (was.type === 'llm' && now.type === 'llm')
    return [
      ...compare('the judge model', was.modelId ?? undefined, now.modelId ?? undefined),
      ...compareJudgeText('the judge prompt', which, was.prompt?.text, now.prompt?.text),
      ...compareJudgeText(
        'the system prompt of the judge',
        which,
        was.systemPrompt?.text,
        now.systemPrompt?.text,
      ),
      ...compareChoices(was, now, compare),
    ];
  if (was.type === 'uses' && now.type === 'uses')
    return [
      ...compare('the check', was.uses, now.uses),
      ...compareParameters(
        was.with ? toJson(was.with) : undefined,
        now.with ? toJson(now.with) : undefined,
        compare,
      ),
    ];
  return compare('the type', was.type, now.type);
}

type Compare = (field: string, was: unknown, now: unknown) => Change[];

function compareCriteria(
  was: EvaluatorBody & { type: 'string' },
  now: EvaluatorBody & { type: 'string' },
  compare: Compare,
): Change[] {
  const find = (body: typeof was, kind: string) =>
    body.criteria.find((one) => one.kind === kind)?.template.text;
  const kinds = new Set([...was.criteria, ...now.criteria].map(({ kind }) => kind));
  return [...kinds].flatMap((kind) =>
    compare(`the criterion "${kind}"`, find(was, kind), find(now, kind)),
  );
}

function compareChoices(
  was: EvaluatorBody & { type: 'llm' },
  now: EvaluatorBody & { type: 'llm' },
  compare: Compare,
): Change[] {
  const list = ({ choices }: typeof was) => choices.map(({ choice, score }) => [choice, score]);
  const [before, after] = [list(was), list(now)];
  if (jsonEquals(before, after)) return [];
  const names = (choices: typeof before) => choices.map(([choice]) => choice);
  if (!jsonEquals(names(before), names(after)))
    return compare('the list of choices', names(before), names(after));
  return before.flatMap(([choice, score], i) =>
    compare(`the score of the choice "${choice}"`, score, after[i]?.[1]),
  );
}

function compareParameters(
  was: Json | undefined,
  now: Json | undefined,
  compare: Compare,
): Change[] {
  if (!isMap(was) || !isMap(now)) return compare('the value', was, now);
  const names = new Set([...Object.keys(was), ...Object.keys(now)]);
  return [...names].flatMap((name) => compare(`the parameter "${name}"`, was[name], now[name]));
}

/** A judge's text: spelling is a patch, everything else may change its verdicts. */
function compareJudgeText(
  field: string,
  owner: string,
  was: string | undefined,
  now: string | undefined,
): Change[] {
  const which = `${field} of ${owner}`;
  if (was === undefined || now === undefined) return compareValues(MINOR, which, was, now);
  const kind = classifyTextChange(was, now);
  if (kind === 'same') return [];
  const wording = { name: which, before: was, after: now };
  if (kind === 'wording') return [{ ...MINOR, text: `the wording of ${which} changed`, wording }];
  const what = kind === 'typo' ? 'spelling or punctuation' : 'white space';
  return [{ part: 'evaluators', bump: 'patch', text: `${what} in ${which} changed`, wording }];
}

/** An evaluator's content without its name, as plain JSON. */
export function dropName(evaluator: Evaluator): unknown {
  return JSON.parse(canonicalJson(evaluatorValue({ ...evaluator, name: '' })));
}
