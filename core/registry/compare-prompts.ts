import { jsonEquals } from '../json.ts';
import { parseModelId } from '../models/model-id.ts';
import type { PromptDocument } from '../prompt/document.ts';
import { child, type Json, toJson } from '../prompt/node.ts';
import type { Change, ComparedPrompt } from './change.ts';
import { compareChecks, compareRows } from './compare-checks.ts';
import { compareMessages } from './compare-messages.ts';
import { compareVariables } from './compare-variables.ts';
import { modelFamily } from './model-family.ts';

/** What differs between two prompts, the weightiest first; empty when nothing does that counts. */
export function comparePrompts(before: ComparedPrompt, after: ComparedPrompt): Change[] {
  const [left, right] = [before.document, after.document];
  const changes = [
    ...compareMessages(left, right),
    ...compareVariables(left, right),
    ...compareFormats(left, right),
    ...compareModels(left, right),
    ...compareParameters(left, right),
    ...compareChecks(before, after),
    ...compareRows(before.rows, after.rows),
  ];
  if (changes.length === 0) changes.push(...compareMetadata(left, right));
  else changes.push(...compareMetadata(left, right).filter(({ text }) => text !== UNREAD_KEYS));
  return changes.sort((a, b) => WEIGHT[a.bump] - WEIGHT[b.bump]);
}

const WEIGHT = { major: 0, minor: 1, patch: 2 } as const;

function compareModels(left: PromptDocument, right: PromptDocument): Change[] {
  if (left.model === right.model) return [];
  const text = `the model is ${right.model ?? 'not stated'}, it was ${left.model ?? 'not stated'}`;
  if (parseModelId(left.model).id === parseModelId(right.model).id)
    return [{ part: 'model', bump: 'patch', text: `another spelling: ${text}` }];
  const [was, is] = [modelFamily(left.model), modelFamily(right.model)];
  const isOther = was !== null && is !== null && was !== is;
  const bump = isOther ? 'major' : 'minor';
  return [{ part: 'model', bump, text: isOther ? `${text}, another family` : text }];
}

function compareParameters(left: PromptDocument, right: PromptDocument): Change[] {
  const [was, is] = [left.parameters, right.parameters];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]) as Set<keyof typeof was>;
  const changes: Change[] = [...names]
    .filter((name) => !jsonEquals(was[name], is[name]))
    .map((name) => ({
      part: 'parameters',
      bump: 'minor',
      text: `${name} ${formatValue(was[name])} → ${formatValue(is[name])}`,
    }));
  const spellings = (d: PromptDocument) => d.parameterEntries.map((p) => p.spelling).sort();
  if (changes.length === 0 && !jsonEquals(spellings(left), spellings(right)))
    changes.push({ part: 'parameters', bump: 'patch', text: 'the spelling of parameters' });
  return changes;
}

function formatValue(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}

function compareFormats(left: PromptDocument, right: PromptDocument): Change[] {
  const [was, is] = [left.responseFormat ?? 'text', right.responseFormat ?? 'text'];
  if (was !== is)
    return [{ part: 'format', bump: 'major', text: `the answer is ${is}, it was ${was}` }];
  const [old, now] = [left.jsonSchema?.source ?? '', right.jsonSchema?.source ?? ''];
  if (old === now) return [];
  const [oldValue, newValue] = [parseJsonOrText(old), parseJsonOrText(now)];
  if (jsonEquals(oldValue, newValue))
    return [{ part: 'format', bump: 'patch', text: 'the layout of the JSON schema' }];
  if (jsonEquals(stripAnnotations(oldValue), stripAnnotations(newValue)))
    return [{ part: 'format', bump: 'minor', text: 'descriptions in the JSON schema' }];
  return [{ part: 'format', bump: 'major', text: 'the JSON schema of the answer' }];
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Keywords of JSON Schema that constrain nothing. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'description',
  'title',
  'examples',
  '$comment',
  'default',
]);

/** The schema without what only describes. `names`: the keys are names of properties, not keywords. */
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

const UNREAD_KEYS = 'something that no reader of the format looks at';

/** Keys whose changes are told elsewhere, or count for nothing. */
const COVERED_KEYS = [
  ...['version', 'model', 'modelParameters', 'responseFormat', 'response_format', 'jsonSchema'],
  ...['messages', 'variables', 'evaluators', 'acceptance', 'testData'],
];

function compareMetadata(left: PromptDocument, right: PromptDocument): Change[] {
  const [was, is] = [readTopLevel(left), readTopLevel(right)];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...names].filter((name) => !jsonEquals(was[name], is[name]));
  const known = changed.filter((name) => !COVERED_KEYS.includes(name));
  const changes: Change[] = known.map((name) => ({
    part: name === 'testFiles' ? 'data' : 'metadata',
    bump: 'patch',
    text: `\`${name}\` changed`,
  }));
  if (changes.length === 0 && changed.some((name) => name !== 'version'))
    changes.push({ part: 'metadata', bump: 'patch', text: UNREAD_KEYS });
  return changes;
}

function readTopLevel({ root }: PromptDocument): Readonly<Record<string, Json>> {
  if (root?.type !== 'map') return {};
  return Object.fromEntries(
    root.entries.map(({ key }) => [key.source, toJson(child(root, key.source) ?? root)]),
  );
}
