import { jsonEquals } from '../json.ts';
import { parseModelId } from '../models/model-id.ts';
import type { PromptDocument } from '../prompt/document.ts';
import { child, type Json, toJson } from '../prompt/node.ts';
import type { Change, ComparedPrompt } from './change.ts';
import { compareChecks } from './compare-checks.ts';
import { compareFormats } from './compare-formats.ts';
import { compareMessages } from './compare-messages.ts';
import { compareRows } from './compare-rows.ts';
import { compareMembers, formatReplacement, isMap } from './compare-values.ts';
import { compareVariables } from './compare-variables.ts';
import { findRenames } from './find-renames.ts';
import { modelFamily } from './model-family.ts';
import { renameVariables } from './rename-variables.ts';

/** Lists what differs between two prompts, major changes first; empty when nothing relevant does. */
export function comparePrompts(before: ComparedPrompt, after: ComparedPrompt): Change[] {
  const renames = findRenames(before.document, after.document);
  // What a new name changes is reported once, as the new name.
  const renamed = renameVariables(before, renames);
  const [left, right] = [renamed.document, after.document];
  const changes = [
    ...compareMessages(left, right, before.document),
    ...compareVariables(left, right, renames),
    ...compareFormats(left, right),
    ...compareModels(left, right),
    ...compareParameters(left, right),
    ...compareChecks(left, right),
    ...compareRows(renamed.rows, after.rows),
    ...compareMetadata(left, right),
  ];
  if (changes.length === 0) changes.push(...listWithoutEffect(left, right));
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
      text: `the parameter ${name} changed${formatReplacement(was[name], is[name])}`,
    }));
  const spellings = (d: PromptDocument) => d.parameterEntries.map((p) => p.spelling).sort();
  if (changes.length === 0 && !jsonEquals(spellings(left), spellings(right)))
    changes.push({ part: 'parameters', bump: 'patch', text: 'the spelling of parameters changed' });
  return changes;
}

/** Keys that other comparisons cover, or that have no effect. */
const COVERED_KEYS = [
  ...['version', 'model', 'modelParameters', 'responseFormat', 'response_format', 'jsonSchema'],
  ...['messages', 'variables', 'evaluators', 'derivedMetrics', 'acceptance', 'testData'],
];

function compareMetadata(left: PromptDocument, right: PromptDocument): Change[] {
  const [was, is] = [readTopLevel(left), readTopLevel(right)];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names]
    .filter((name) => !COVERED_KEYS.includes(name))
    .flatMap((name) => {
      const part = ['testFiles', 'variants'].includes(name) ? 'data' : 'metadata';
      return compareMembers({ part, bump: 'patch' }, name, was[name], is[name]);
    });
}

/** Values that differ and mean the same, `version` aside: other spellings, defaults, unknown keys. */
function listWithoutEffect(left: PromptDocument, right: PromptDocument): Change[] {
  const { version: _, ...was } = readTopLevel(left);
  const { version: __, ...is } = readTopLevel(right);
  const paths = findChangedPaths('', was, is);
  const [path, ...more] = paths;
  if (path === undefined) return [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const text = `\`${path}\`${others} changed, without effect on the prompt`;
  return [{ part: 'metadata', bump: 'patch', text }];
}

function findChangedPaths(path: string, was: Json | undefined, is: Json | undefined): string[] {
  if (was !== undefined && is !== undefined && jsonEquals(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
    return was.flatMap((item, i) => findChangedPaths(`${path}[${i}]`, item, is[i]));
  if (!isMap(was) || !isMap(is)) return was === is ? [] : [path];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const prefix = path === '' ? '' : `${path}.`;
  return [...names].flatMap((name) => findChangedPaths(prefix + name, was[name], is[name]));
}

function readTopLevel({ root }: PromptDocument): Readonly<Record<string, Json>> {
  if (root?.type !== 'map') return {};
  return Object.fromEntries(
    root.entries.map(({ key }) => [key.source, toJson(child(root, key.source) ?? root)]),
  );
}
