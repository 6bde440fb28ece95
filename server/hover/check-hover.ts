import type { Check, CheckParameter } from '#core/eval/checks/check.ts';
import { checkName } from '#core/eval/checks/index.ts';

/** Exactly what a kind of evaluator does, its parameters, an example and who else runs it. */
export function describeCheck(check: Check, negated = false): string {
  const name = checkName(check);
  const shown = negated ? name.replace('/', '/not-') : name;
  const parts = [
    `**\`${shown}\`** — ${check.summary}${negated ? ' **`not-`: passes when this does not hold.**' : ''}`,
    parameterList(check.parameters),
    check.judgeModel && 'Asks a model, so it costs tokens and can differ from run to run.',
    ranBy(check),
    `\`\`\`yaml\n${check.example.trimEnd()}\n\`\`\``,
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** What a key under `with:` is. */
export function describeParameter(parameter: CheckParameter): string {
  const facts = [
    parameter.type,
    parameter.required ? 'required' : 'optional',
    parameter.default !== undefined &&
      parameter.default !== '' &&
      `default \`${parameter.default}\``,
    parameter.oneOf && `one of ${parameter.oneOf.map((value) => `\`${value}\``).join(', ')}`,
    parameter.fallsBackToExpected && 'without it the row’s `expected` is used',
  ];
  return [
    `**\`${parameter.name}\`** — ${parameter.description}`,
    facts.filter(Boolean).join(' · '),
  ].join('\n\n');
}

/** The check behind `uses:`, whether or not it is negated. */
export function findCheck(
  checks: readonly Check[],
  uses: string,
): { check: Check; negated: boolean } | null {
  const negated = /^promptsmith\/not-/.test(uses);
  const name = negated ? uses.replace('/not-', '/') : uses;
  const check = checks.find((one) => one.namespace !== 'base' && checkName(one) === name);
  return check ? { check, negated } : null;
}

function parameterList(parameters: readonly CheckParameter[]): string {
  return parameters
    .map(
      ({ name, required, description }) =>
        `- \`${name}\`${required ? '' : ' (optional)'}: ${description}`,
    )
    .join('\n');
}

/** The base format is GitHub Models': its own runners know those kinds and no others. */
function ranBy({ namespace }: Check): string {
  return namespace === 'promptsmith'
    ? 'Run by Promptsmith only; the GitHub Models readers ignore it.'
    : 'Part of the base format: `gh models eval` reads it too (`--compat gh-models` gives its verdicts).';
}
