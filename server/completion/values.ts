import { TRANSFORMS } from '#core/eval/checks/transform.ts';
import { flowText } from '#core/prompt/edit.ts';
import type { Analysis } from '../analysis.ts';
import { summarizeModel } from '../hover/model-hover.ts';
import { isModelPath } from '../language/model-paths.ts';
import type { Place } from '../language/place.ts';
import { findSchemas, listValues, selectSchema } from '../language/schema.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

/** Model ids in place of a model; elsewhere the values in the schema and common values. */
export function suggestValues(analysis: Analysis, place: Place): Suggestion[] {
  const { kind, models } = analysis;
  if (isModelPath(kind, place.path)) {
    return (models?.ids() ?? []).map((id) => ({
      label: id,
      kind: 'model',
      snippet: formatValue(id, place),
      detail: summarizeModel(models?.find(id) ?? null),
      data: { model: id, uri: analysis.uri },
    }));
  }
  const listed = listValues(findSchemas(selectSchema(kind), place.path)).map(String);
  const usual = kind === 'prompt' ? suggestUsualValues(analysis, place) : [];
  return [...new Set([...listed, ...usual])].map((value, i) => ({
    label: value,
    kind: 'value',
    snippet: formatValue(value, place),
    sort: `0${String(i).padStart(3, '0')}`,
  }));
}

/** Formats a value as YAML for a place, with quotes if necessary. */
export function formatValue(value: string, { quoted, needsSpace }: Place): string {
  // Numbers and booleans in a schema keep their type.
  const isTyped = /^(-?\d+(\.\d+)?|true|false)$/.test(value);
  const text = quoted || isTyped ? value : flowText(value, 'plain');
  return escapeSnippet(needsSpace ? ` ${text}` : text);
}

function suggestUsualValues({ prompt }: Analysis, { path }: Place): string[] {
  const last = path.at(-1);
  switch (path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')) {
    case 'modelParameters.temperature':
      return ['0', '0.2', '0.7', '1'];
    case 'modelParameters.topP':
      return ['1', '0.9', '0.5'];
    case 'testData.*.$case.tags.*':
      return [
        ...new Set(['adversarial', 'holdout', ...prompt.rows.flatMap((row) => row.meta.tags)]),
      ];
    case 'testData.*.$case.group':
      return [...new Set(prompt.rows.flatMap((row) => row.meta.group ?? []))];
    case 'variables.*.name':
      return listUndeclaredNames(prompt);
    default:
      if (last === 'transform') return Object.keys(TRANSFORMS).map(toPrefix);
      if (last === 'metric') return [...new Set(prompt.evaluators.flatMap((e) => e.metric ?? []))];
      return [];
  }
}

/** Returns `json:` for `json:<path>`; the user types the rest. */
function toPrefix(transform: string): string {
  return transform.split('<', 1).join('');
}

function listUndeclaredNames({ messages, variables }: Analysis['prompt']): string[] {
  const declared = new Set(variables.map((variable) => variable.name));
  const used = messages.flatMap(({ content }) => content?.placeholders.map((p) => p.name) ?? []);
  return [...new Set(used)].filter((name) => !declared.has(name));
}
