import type { Check, CheckParameter } from '#core/eval/checks/check.ts';
import { checkName } from '#core/eval/checks/index.ts';
import { escapeForHover, formatHoverCode, hover } from '#core/printing/hover.ts';
import { joinParagraphs, joinSafe, type SafeText, trustText } from '#core/printing/safe-text.ts';

/** Describes a kind of evaluator: what it does, its parameters, an example and which tools support it. */
export function describeCheck(check: Check, negated = false): SafeText<'hover'> {
  const name = checkName(check);
  const shown = formatHoverCode(negated ? name.replace('/', '/not-') : name);
  const inverted = negated
    ? hover` **\`not-\` inverts the check: it passes when the check fails.**`
    : hover``;
  return joinParagraphs(
    hover`**${shown}** — ${trustText(check.summary)}${inverted}`,
    listParameters(check.parameters),
    check.judgeModel !== undefined &&
      hover`Calls a model: it uses tokens, and results can vary between runs.`,
    describeSupport(check),
    hover`\`\`\`yaml\n${trustText(check.example.trimEnd())}\n\`\`\``,
  );
}

/** Describes a key under `with:`. */
export function describeParameter(parameter: CheckParameter): SafeText<'hover'> {
  const { name, description, type, required, oneOf, fallsBackToExpected } = parameter;
  const facts = [
    escapeForHover(type),
    required ? hover`required` : hover`optional`,
    parameter.default !== undefined &&
      parameter.default !== '' &&
      hover`default ${formatHoverCode(String(parameter.default))}`,
    oneOf &&
      hover`one of ${joinSafe(
        oneOf.map((value) => formatHoverCode(String(value))),
        ', ',
      )}`,
    fallsBackToExpected && hover`defaults to the row’s \`expected\``,
  ].filter((fact) => typeof fact === 'string');
  return joinParagraphs(
    hover`**${formatHoverCode(name)}** — ${trustText(description)}`,
    joinSafe(facts, ' · '),
  );
}

/** Finds the check in `uses:`, negated or not. */
export function findCheck(
  checks: readonly Check[],
  uses: string,
): { check: Check; negated: boolean } | null {
  const negated = /^promptsmith\/not-/.test(uses);
  const name = negated ? uses.replace('/not-', '/') : uses;
  const check = checks.find((one) => one.namespace !== 'base' && checkName(one) === name);
  return check ? { check, negated } : null;
}

function listParameters(parameters: readonly CheckParameter[]): SafeText<'hover'> {
  const items = parameters.map(
    ({ name, required, description }) =>
      hover`- ${formatHoverCode(name)}${required ? hover`` : hover` (optional)`}: ${trustText(description)}`,
  );
  return joinSafe(items, '\n');
}

/** The base format is that of GitHub Models, whose tools support only its kinds. */
function describeSupport({ namespace }: Check): SafeText<'hover'> {
  return namespace === 'promptsmith'
    ? hover`Supported by Promptsmith only; GitHub Models tools ignore it.`
    : hover`Part of the base format: \`gh models eval\` also supports it (\`--compat gh-models\` reproduces its verdicts).`;
}
