import { formatSpread } from '#core/models/figures.ts';
import { formatApproximation } from '#core/models/render-token-report.ts';
import { escapeForHover, formatHoverCode, hover } from '#core/printing/hover.ts';
import { joinParagraphs, joinSafe, type SafeText } from '#core/printing/safe-text.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { valueText } from '#core/prompt/read-rows.ts';
import type { Analysis } from '../analysis.ts';

/** Maximum number of example values. */
const MAX_VALUES = 5;

/** Describes a variable: its declaration, its trust and its values in the golden cases. */
export function describeVariable(analysis: Analysis, name: string): SafeText<'hover'> {
  const { prompt, counts, file, secrets } = analysis;
  // Secrets are found by their characters, so they must be hidden before the text is escaped.
  const text = (value: string) => escapeForHover(secrets.hide(value));
  const code = (value: string, length?: number) => formatHoverCode(secrets.hide(value), length);
  const declared = prompt.variables.find((variable) => variable.name === name);
  const trust = declared?.trust ?? file.settings.variables[name]?.trust;
  const maxTokens = declared?.maxTokens ?? file.settings.variables[name]?.maxTokens;
  const allowed = (declared?.enum ?? []).map((value) => code(String(value), 40));
  const facts = [
    declared?.type && hover`type ${text(declared.type)}`,
    trust &&
      hover`trust **${text(trust)}**${declared?.trust ? hover`` : hover` (from the settings)`}`,
    declared?.required === false && hover`optional`,
    declared?.defaultNode && hover`default ${code(valueText(declared.defaultNode))}`,
    declared?.enum && hover`one of ${joinSafe(allowed, ', ')}`,
    maxTokens !== undefined && hover`at most ${maxTokens} tokens`,
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  const figure = counts?.variables.get(name);
  return joinParagraphs(
    hover`**${code(`{{${name}}}`)}** — ${declared ? hover`declared under \`variables\`` : hover`not declared`}`,
    declared?.description && text(declared.description),
    joinSafe(facts as SafeText<'hover'>[], ' · '),
    figure &&
      escapeForHover(
        `Tokens: ${formatApproximation(counts ?? { exact: true })}${formatSpread(figure)}${figure.min === figure.max ? '' : ' (min / median / max)'}`,
      ),
    describeValues(prompt, name, code),
  );
}

function describeValues(
  prompt: PromptDocument,
  name: string,
  code: (value: string) => SafeText<'hover'>,
): SafeText<'hover'> {
  if (prompt.rows.length === 0) return hover``;
  const given = prompt.rows.flatMap((row) => row.values.get(name) ?? []);
  if (given.length === 0) return hover`No row of \`testData\` sets a value.`;
  const shown = [...new Set(given.map(({ text }) => text))].slice(0, MAX_VALUES);
  const items = shown.map((text) => hover`- ${code(text)}`);
  if (given.length > MAX_VALUES) items.push(hover`- … ${given.length} rows in total`);
  const missing = prompt.rows.length - given.length;
  const without =
    missing > 0 ? hover` (missing in ${missing} of ${prompt.rows.length} rows)` : hover``;
  return hover`Values in the golden cases${without}:\n\n${joinSafe(items, '\n')}`;
}
