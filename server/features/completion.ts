import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import type { Check } from '#core/eval/checks/check.ts';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import { commentSuggestions } from '../completion/comments.ts';
import {
  evaluatorSuggestions,
  kindSuggestions,
  parameterSuggestions,
} from '../completion/evaluators.ts';
import { fileSuggestions } from '../completion/files.ts';
import { keySuggestions } from '../completion/keys.ts';
import {
  openBracesAt,
  placeholderSuggestions,
  takesPlaceholders,
} from '../completion/placeholders.ts';
import { messageSuggestions, rowSuggestions } from '../completion/rows.ts';
import { ruleSuggestions } from '../completion/rules.ts';
import { type Suggestion, toItem } from '../completion/suggestion.ts';
import { tagSuggestions } from '../completion/tags.ts';
import { valueSuggestions } from '../completion/values.ts';
import { type Feature, onDocument } from '../feature.ts';
import { modelHover } from '../hover/model-hover.ts';
import { type Place, placeAt } from '../language/place.ts';
import { markdown } from '../to-lsp.ts';

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
      onDocument(context, 'completion', empty, (analysis, { position }) =>
        completionAt(analysis, analysis.lines.offset(position), checks, client),
      ),
    );
    connection.onCompletionResolve((item) => {
      const { model, uri } = (item.data ?? {}) as { model?: string; uri?: string };
      const analysis = uri === undefined ? null : documents.analysis(uri);
      if (model === undefined || !analysis) return item;
      const text = modelHover(model, analysis.models, analysis.facts.today ?? '');
      return text === null ? item : { ...item, documentation: markdown(text) };
    });
  },
};

/** What can stand at an offset. Asks the file system only inside `testFiles`. */
export function completionAt(
  analysis: Analysis,
  offset: number,
  checks: readonly Check[],
  client: Pick<Client, 'snippets' | 'insertReplace'>,
): CompletionList | Promise<CompletionList> {
  const { prompt, lines } = analysis;
  const place = placeAt(prompt, lines, offset);
  const found = suggestionsAt(analysis, place, offset, checks);
  const list = (suggestions: readonly Suggestion[]): CompletionList => ({
    isIncomplete: false,
    items: suggestions.map(
      (one): CompletionItem =>
        toItem(one, { lines, replace: place.replace, cursor: offset }, client),
    ),
  });
  return found instanceof Promise ? found.then(list) : list(found);
}

function suggestionsAt(
  analysis: Analysis,
  place: Place,
  offset: number,
  checks: readonly Check[],
): Suggestion[] | Promise<Suggestion[]> {
  const { kind, text } = analysis;
  if (place.kind === 'comment') return commentSuggestions(analysis, place);
  if (kind === 'prompt' && takesPlaceholders(place.path) && place.kind !== 'key') {
    const braces = openBracesAt(text, offset);
    if (braces) return placeholderSuggestions(analysis, place.path, braces);
    const tags = tagSuggestions(analysis, offset);
    if (tags.length > 0) return tags;
  }
  if (place.kind === 'text') return [];
  // An item of a completion must stand on one line.
  if (text.slice(place.replace.start, place.replace.end).includes('\n')) return [];
  const keys = place.kind === 'value' ? [] : keysFor(analysis, place, checks);
  const values =
    place.kind === 'value' || place.kind === 'open' ? valuesFor(analysis, place, checks) : [];
  return values instanceof Promise
    ? values.then((more) => [...keys, ...more])
    : [...keys, ...values];
}

function keysFor(analysis: Analysis, place: Place, checks: readonly Check[]): Suggestion[] {
  const { kind } = analysis;
  const path = place.kind === 'item' ? [...place.path, 0] : place.path;
  const own = place.kind === 'item' ? [] : keySuggestions(kind, place);
  if (kind === 'settings') return path.at(-1) === 'rules' ? ruleSuggestions(analysis, place) : own;
  const isItem = typeof path.at(-1) === 'number';
  if (path[0] === 'messages' && path.length === 2) return [...own, ...messageSuggestions(place)];
  if (path[0] === 'testData' && path.length === 2)
    return [...own, ...rowSuggestions(analysis, place)];
  if (isItem && path.at(-2) === 'evaluators')
    return [...own, ...evaluatorSuggestions(checks, place)];
  if (path.at(-1) === 'with') return parameterSuggestions(analysis, checks, place);
  return own;
}

function valuesFor(
  analysis: Analysis,
  place: Place,
  checks: readonly Check[],
): Suggestion[] | Promise<Suggestion[]> {
  if (analysis.kind === 'prompt' && place.path.at(-1) === 'uses')
    return kindSuggestions(checks, place);
  if (analysis.kind === 'prompt' && place.path[0] === 'testFiles')
    return fileSuggestions(analysis, place);
  return valueSuggestions(analysis, place);
}
