import { jsonEquals } from '../json.ts';
import { parseModelId } from '../models/model-id.ts';
import type { PromptDocument } from '../prompt/document.ts';
import { child, type Json, toJson } from '../prompt/node.ts';
import type { Change, ComparedPrompt } from './change.ts';
import { compareChecks, compareRowChecks, compareRows, identifyRows } from './compare-checks.ts';
import { compareMessages } from './compare-messages.ts';
import { compareVariables } from './compare-variables.ts';
import { modelFamily } from './model-family.ts';

/** Lists what differs between two prompts, major changes first; empty when nothing relevant does. */
export function comparePrompts(before: ComparedPrompt, after: ComparedPrompt): Change[] {
  const [left, right] = [before.document, after.document];
  const [rows, otherRows] = [identifyRows(before.rows), identifyRows(after.rows)];
  const changes = [
    ...compareMessages(left, right),
    ...compareVariables(left, right),
    ...compareFormats(left, right),
    ...compareModels(left, right),
    ...compareParameters(left, right),
    ...compareChecks(left, right),
    ...compareRowChecks(rows, otherRows),
    ...compareRows(rows, otherRows),
  ];
  changes.push(...compareMetadata(left, right));
  if (changes.length === 0 && hasUnreadChanges(left, right))
    changes.push({
      part: 'metadata',
      bump: 'patch',
      text: 'keys that Promptsmith does not read changed',
    });
  return changes.sort((a, b) => WEIGHT[a.bump] - WEIGHT[b.bump]);
}

const WEIGHT = { major: 0, minor: 1, patch: 2 } as const;

function compareModels(left: PromptDocument, right: PromptDocument): Change[] {
  if (left.model === right.model) return [];
  const text = `${left.model ?? 'not set'} → ${right.model ?? 'not set'}`;
  if (parseModelId(left.model).id === parseModelId(right.model).id)
    return [
      { part: 'model', bump: 'patch', text: `the spelling of the model id changed: ${text}` },
    ];
  const [was, is] = [modelFamily(left.model), modelFamily(right.model)];
  const isOther = was !== null && is !== null && was !== is;
  const bump = isOther ? 'major' : 'minor';
  const note = isOther ? ' (different family or generation)' : '';
  return [{ part: 'model', bump, text: `the model changed: ${text}${note}` }];
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
    changes.push({ part: 'parameters', bump: 'patch', text: 'the spelling of parameters changed' });
  return changes;
}

function formatValue(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}

function compareFormats(left: PromptDocument, right: PromptDocument): Change[] {
  const [was, is] = [left.responseFormat ?? 'text', right.responseFormat ?? 'text'];
  if (was !== is)
    return [{ part: 'format', bump: 'major', text: `the response format changed: ${was} → ${is}` }];
  const [old, now] = [left.jsonSchema?.source ?? '', right.jsonSchema?.source ?? ''];
  if (old === now) return [];
  const [oldValue, newValue] = [parseJsonOrText(old), parseJsonOrText(now)];
  if (jsonEquals(oldValue, newValue))
    return [{ part: 'format', bump: 'patch', text: 'the layout of the JSON schema changed' }];
  if (jsonEquals(stripAnnotations(oldValue), stripAnnotations(newValue)))
    return [{ part: 'format', bump: 'minor', text: 'descriptions in the JSON schema changed' }];
  return [{ part: 'format', bump: 'major', text: 'the JSON schema of the response changed' }];
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
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

/** Keys that other comparisons cover, or that have no effect. */
const COVERED_KEYS = [
  ...['version', 'model', 'modelParameters', 'responseFormat', 'response_format', 'jsonSchema'],
  ...['messages', 'variables', 'evaluators', 'acceptance', 'testData'],
];

function compareMetadata(left: PromptDocument, right: PromptDocument): Change[] {
  return findChangedKeys(left, right)
    .filter((name) => !COVERED_KEYS.includes(name))
    .map((name) => ({
      part: name === 'testFiles' ? 'data' : 'metadata',
      bump: 'patch',
      text: `\`${name}\` changed`,
    }));
}

/** True when a covered key has another value, `version` aside: content that no comparison reads. */
function hasUnreadChanges(left: PromptDocument, right: PromptDocument): boolean {
  return findChangedKeys(left, right).some((name) => name !== 'version');
}

function findChangedKeys(left: PromptDocument, right: PromptDocument): string[] {
  const [was, is] = [readTopLevel(left), readTopLevel(right)];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].filter((name) => !jsonEquals(was[name], is[name]));
}

function readTopLevel({ root }: PromptDocument): Readonly<Record<string, Json>> {
  if (root?.type !== 'map') return {};
  return Object.fromEntries(
    root.entries.map(({ key }) => [key.source, toJson(child(root, key.source) ?? root)]),
  );
}
