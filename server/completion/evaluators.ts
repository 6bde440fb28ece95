import type { Check } from '#core/eval/checks/check.ts';
import { checkName } from '#core/eval/checks/index.ts';
import { nodeAt } from '#core/prompt/locate.ts';
import { readString } from '#core/prompt/node.ts';
import type { Analysis } from '../analysis.ts';
import { describeCheck, describeParameter, findCheck } from '../hover/check-hover.ts';
import type { Place } from '../language/place.ts';
import { indentLines } from './keys.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

/** The kinds for `uses:`, each with its required parameters. */
export function suggestKinds(checks: readonly Check[], place: Place): Suggestion[] {
  const hasWith = place.siblings.includes('with') || place.flow || place.quoted;
  return checks
    .filter((check) => check.namespace !== 'base')
    .flatMap((check) => {
      const plain = suggestKind(check, checkName(check), hasWith, place);
      const isOwn = check.namespace === 'promptsmith' && /promptsmith\/n/.test(place.prefix);
      const negated = checkName(check).replace('/', '/not-');
      return isOwn ? [plain, suggestKind(check, negated, hasWith, place)] : [plain];
    });
}

function suggestKind(check: Check, name: string, hasWith: boolean, place: Place): Suggestion {
  const space = place.needsSpace ? ' ' : '';
  return {
    label: name,
    kind: 'check',
    snippet: `${space}${name}${hasWith ? '' : formatWithSnippet(check, place.indent)}`,
    detail: check.summary,
    documentation: describeCheck(check, name !== checkName(check)),
  };
}

/** Complete entries for a list of evaluators: `- name: …` for each kind. */
export function suggestEvaluators(checks: readonly Check[], place: Place): Suggestion[] {
  if (place.siblings.length > 0 || place.flow) return [];
  const dash = place.kind === 'item' ? '- ' : '';
  const indent = place.indent + dash.length;
  return checks
    .filter((check) => check.namespace !== 'base')
    .map((check) => {
      const name = checkName(check);
      const uses = indentLines(`\nuses: ${name}`, indent);
      return {
        label: name,
        kind: 'check',
        snippet: `${dash}name: \${1:${check.kind}}${uses}${formatWithSnippet(check, indent, 2)}`,
        detail: check.summary,
        documentation: describeCheck(check),
        sort: `2${name}`,
      };
    });
}

/** The parameters under `with:` of the evaluator at the place. */
export function suggestParameters(
  analysis: Analysis,
  checks: readonly Check[],
  place: Place,
): Suggestion[] {
  const holder = place.path.slice(0, -1);
  const uses = readString(nodeAt(analysis.prompt.root, [...holder, 'uses'])) ?? '';
  const named = findCheck(checks, uses.trim());
  return (named?.check.parameters ?? [])
    .filter(({ name }) => !place.siblings.includes(name))
    .map((parameter) => ({
      label: parameter.name,
      kind: 'key',
      snippet:
        place.kind === 'key' ? parameter.name : `${parameter.name}: ${formatTabStop(parameter, 0)}`,
      documentation: describeParameter(parameter),
      sort: `${parameter.required ? 0 : 1}${parameter.name}`,
    }));
}

function formatWithSnippet(check: Check, indent: number, firstStop = 1): string {
  const required = check.parameters.filter(({ required: is }) => is);
  if (required.length === 0) return '';
  const body = required.map(
    (parameter, i) => `\n  ${parameter.name}: ${formatTabStop(parameter, firstStop + i)}`,
  );
  return indentLines(`\nwith:${body.join('')}`, indent);
}

function formatTabStop(parameter: Check['parameters'][number], number: number): string {
  const { oneOf, default: fallback, type } = parameter;
  if (oneOf) return `\${${number}|${oneOf.join(',')}|}`;
  if (type === 'texts') return `[$${number}]`;
  return fallback === undefined || fallback === ''
    ? `$${number}`
    : `\${${number}:${escapeSnippet(String(fallback))}}`;
}
