import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import type { Check } from '#core/eval/checks/check.ts';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import { suggestComments } from '../completion/comments.ts';
import { suggestEvaluators, suggestKinds, suggestParameters } from '../completion/evaluators.ts';
import { suggestFiles } from '../completion/files.ts';
import { suggestKeys } from '../completion/keys.ts';
import {
  findOpenBraces,
  suggestPlaceholders,
  takesPlaceholders,
} from '../completion/placeholders.ts';
import { suggestMessages, suggestRows } from '../completion/rows.ts';
import { suggestRules } from '../completion/rules.ts';
import { type Suggestion, toItem } from '../completion/suggestion.ts';
import { suggestTags } from '../completion/tags.ts';
import { suggestValues } from '../completion/values.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { describeModel } from '../hover/model-hover.ts';
import { findPlace, type Place } from '../language/place.ts';
import { toMarkup } from '../to-lsp.ts';

/** Completes keys, values, models, variables, evaluators, files, tags and suppressions. */
export const completion: Feature = {
  name: 'completion',
  capabilities: () => ({
    completionProvider: {
      triggerCharacters: ['{', '<', '/', ' ', '"', "'", '-'],
      resolveProvider: true,
    },
  }),
  register(context) {
    const { connection, client, checks, documents } = context;
    const empty: CompletionList = { isIncomplete: false, items: [] };
    connection.onCompletion(
      createDocumentHandler(context, 'completion', empty, (analysis, { position }) =>
        completeAt(analysis, analysis.lines.offset(position), checks, client),
      ),
    );
    connection.onCompletionResolve((item) => {
      const { model, uri } = (item.data ?? {}) as { model?: string; uri?: string };
      const analysis = uri === undefined ? null : documents.analysis(uri);
      if (model === undefined || !analysis) return item;
      const text = describeModel(model, analysis.models, analysis.facts.today ?? '');
      return text === null ? item : { ...item, documentation: toMarkup(text) };
    });
  },
};

/** The completions at an offset. Reads the file system only inside `testFiles`. */
export function completeAt(
  analysis: Analysis,
  offset: number,
  checks: readonly Check[],
  client: Pick<Client, 'snippets' | 'insertReplace'>,
): CompletionList | Promise<CompletionList> {
  const { prompt, lines } = analysis;
  const place = findPlace(prompt, lines, offset);
  const found = suggestAt(analysis, place, offset, checks);
  const list = (suggestions: readonly Suggestion[]): CompletionList => ({
    isIncomplete: false,
    items: suggestions.map(
      (one): CompletionItem =>
        toItem(one, { lines, replace: place.replace, cursor: offset }, client),
    ),
  });
  return found instanceof Promise ? found.then(list) : list(found);
}

function suggestAt(
  analysis: Analysis,
  place: Place,
  offset: number,
  checks: readonly Check[],
): Suggestion[] | Promise<Suggestion[]> {
  const { kind, text } = analysis;
  if (place.kind === 'comment') return suggestComments(analysis, place);
  if (kind === 'prompt' && takesPlaceholders(place.path) && place.kind !== 'key') {
    const braces = findOpenBraces(text, offset);
    if (braces) return suggestPlaceholders(analysis, place.path, braces);
    const tags = suggestTags(analysis, offset);
    if (tags.length > 0) return tags;
  }
  if (place.kind === 'text') return [];
  // The range of a completion item must be on one line.
  if (text.slice(place.replace.start, place.replace.end).includes('\n')) return [];
  const keys = place.kind === 'value' ? [] : suggestKeysAt(analysis, place, checks);
  const values =
    place.kind === 'value' || place.kind === 'open' ? suggestValuesAt(analysis, place, checks) : [];
  return values instanceof Promise
    ? values.then((more) => [...keys, ...more])
    : [...keys, ...values];
}

function suggestKeysAt(analysis: Analysis, place: Place, checks: readonly Check[]): Suggestion[] {
  const { kind } = analysis;
  const path = place.kind === 'item' ? [...place.path, 0] : place.path;
  const own = place.kind === 'item' ? [] : suggestKeys(kind, place);
  if (kind === 'settings') return path.at(-1) === 'rules' ? suggestRules(analysis, place) : own;
  const isItem = typeof path.at(-1) === 'number';
  if (path[0] === 'messages' && path.length === 2) return [...own, ...suggestMessages(place)];
  if (path[0] === 'testData' && path.length === 2) return [...own, ...suggestRows(analysis, place)];
  if (isItem && path.at(-2) === 'evaluators') return [...own, ...suggestEvaluators(checks, place)];
  if (path.at(-1) === 'with') return suggestParameters(analysis, checks, place);
  return own;
}

function suggestValuesAt(
  analysis: Analysis,
  place: Place,
  checks: readonly Check[],
): Suggestion[] | Promise<Suggestion[]> {
  if (analysis.kind === 'prompt' && place.path.at(-1) === 'uses')
    return suggestKinds(checks, place);
  if (analysis.kind === 'prompt' && place.path[0] === 'testFiles')
    return suggestFiles(analysis, place);
  return suggestValues(analysis, place);
}
