import type { Analysis } from '../analysis.ts';
import { describeRule } from '../hover/rule-hover.ts';
import type { Place } from '../language/place.ts';
import type { Suggestion } from './suggestion.ts';

/** Rule ids under `rules` in a settings file. */
export function suggestRules({ knowledge }: Analysis, place: Place): Suggestion[] {
  return knowledge.rules
    .filter(({ id }) => !place.siblings.includes(id))
    .map(({ id, summary }) => ({
      label: id,
      kind: 'key',
      snippet: place.kind === 'key' ? id : `${id}: \${1|off,hint,info,warning,error|}`,
      detail: summary,
      documentation: describeRule(knowledge.rules, id),
    }));
}
