import type { Analysis } from '../analysis.ts';
import { describeVariable } from '../hover/variable-hover.ts';
import type { Place } from '../language/place.ts';
import { indentLines } from './keys.ts';
import type { Suggestion } from './suggestion.ts';

/** The variables that a row does not set yet, `expected`, and a complete row. */
export function suggestRows(analysis: Analysis, place: Place): Suggestion[] {
  const names = listNeededNames(analysis);
  const missing = names.filter((name) => !place.siblings.includes(name));
  const keys: Suggestion[] = missing.map((name, i) => ({
    label: name,
    kind: 'variable',
    snippet: place.kind === 'key' ? name : `${name}: $0`,
    documentation: describeVariable(analysis, name),
    sort: `0${String(i).padStart(3, '0')}`,
  }));
  return place.siblings.length === 0 && !place.flow
    ? [...keys, ...suggestWholeRow(names, place)]
    : keys;
}

/** Complete messages for a list of messages. */
export function suggestMessages(place: Place): Suggestion[] {
  if (place.siblings.length > 0 || place.flow) return [];
  const dash = place.kind === 'item' ? '- ' : '';
  return ['system', 'user', 'assistant'].map((role, i) => ({
    label: `${role} message`,
    kind: 'snippet',
    snippet: indentLines(
      `${dash}role: ${role}${dash ? '\n  ' : '\n'}content: |\n${dash ? '    ' : '  '}$0`,
      place.indent,
    ),
    sort: `2${i}`,
  }));
}

function suggestWholeRow(names: readonly string[], place: Place): Suggestion[] {
  if (names.length === 0) return [];
  const dash = place.kind === 'item' ? '- ' : '';
  const body = [...names, 'expected']
    .map((name, i) => `${name}: $${i + 1}`)
    .join(dash ? '\n  ' : '\n');
  return [
    {
      label: 'golden case',
      kind: 'snippet',
      snippet: indentLines(`${dash}${body}`, place.indent),
      sort: '2',
    },
  ];
}

/** The variables in the messages, then the declared ones. */
function listNeededNames({ prompt }: Analysis): string[] {
  const used = prompt.messages.flatMap(
    ({ content }) => content?.placeholders.map((p) => p.name) ?? [],
  );
  return [...new Set([...used, ...prompt.variables.map((variable) => variable.name)])];
}
