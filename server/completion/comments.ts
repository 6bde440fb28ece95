import { hover } from '#core/printing/hover.ts';
import type { SafeText } from '#core/printing/safe-text.ts';
import type { Analysis } from '../analysis.ts';
import { describeRule } from '../hover/rule-hover.ts';
import type { Place } from '../language/place.ts';
import type { Suggestion } from './suggestion.ts';

const KINDS: Readonly<Record<string, SafeText<'hover'>>> = {
  'promptsmith-disable-next-line': hover`Disables a rule for the next key or item.`,
  'promptsmith-disable-line': hover`Disables a rule for this line.`,
  'promptsmith-disable-file': hover`Disables a rule for this file.`,
  'promptsmith-disable': hover`Disables a rule from here on.`,
  'promptsmith-enable': hover`Re-enables a rule after \`promptsmith-disable\`.`,
};

/** Suppression comments and, after one of them, the rule ids. */
export function suggestComments(analysis: Analysis, place: Place): Suggestion[] {
  const { lines, text, knowledge } = analysis;
  const start = lines.lineStart(lines.position(place.replace.start).line);
  const before = text.slice(start, place.replace.start);
  const isNamed = /promptsmith-(disable|enable)[a-z-]*\s/.test(before);
  if (before.includes('--')) return [];
  if (isNamed)
    return knowledge.rules.map(({ id, summary }) => ({
      label: id,
      kind: 'value',
      snippet: id,
      detail: summary,
      documentation: describeRule(knowledge.rules, id),
    }));
  return Object.entries(KINDS).map(([label, documentation]) => ({
    label,
    kind: 'snippet',
    snippet: `${label} $0`,
    documentation,
  }));
}
