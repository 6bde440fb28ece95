import { spread } from '#core/models/figures.ts';
import { approximately } from '#core/models/report-markdown.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { valueText } from '#core/prompt/read-rows.ts';
import type { Analysis } from '../analysis.ts';
import { inlineCode } from '../to-lsp.ts';

/** How many example values are shown. */
const VALUES = 5;

/** What a variable is: its declaration, its trust, the values it has in the golden cases. */
export function describeVariable(analysis: Analysis, name: string): string {
  const { prompt, counts, file } = analysis;
  const declared = prompt.variables.find((variable) => variable.name === name);
  const trust = declared?.trust ?? file.settings.variables[name]?.trust;
  const maxTokens = declared?.maxTokens ?? file.settings.variables[name]?.maxTokens;
  const facts = [
    declared?.type && `type ${declared.type}`,
    trust && `trust **${trust}**${declared?.trust ? '' : ' (from the settings)'}`,
    declared?.required === false && 'optional',
    declared?.defaultNode && `default ${inlineCode(valueText(declared.defaultNode))}`,
    declared?.enum &&
      `one of ${declared.enum.map((value) => inlineCode(String(value), 40)).join(', ')}`,
    maxTokens !== undefined && `at most ${maxTokens} tokens`,
  ].filter(Boolean);
  const figure = counts?.variables.get(name);
  const parts = [
    `**\`{{${name}}}\`** — ${declared ? 'declared under `variables`' : 'not declared'}`,
    declared?.description,
    facts.join(' · '),
    figure &&
      `Tokens: ${approximately(counts ?? { exact: true })}${spread(figure)}${figure.min === figure.max ? '' : ' (least / median / most)'}`,
    valuesText(prompt, name),
  ];
  return analysis.secrets.hide(parts.filter(Boolean).join('\n\n'));
}

function valuesText(prompt: PromptDocument, name: string): string {
  if (prompt.rows.length === 0) return '';
  const given = prompt.rows.flatMap((row) => row.values.get(name) ?? []);
  if (given.length === 0) return `No row of \`testData\` gives it a value.`;
  const shown = [...new Set(given.map(({ text }) => text))].slice(0, VALUES);
  const rest = given.length > VALUES ? `\n- … ${given.length} rows in all` : '';
  const missing = prompt.rows.length - given.length;
  const without = missing > 0 ? ` (${missing} of ${prompt.rows.length} rows give none)` : '';
  return `Values in the golden cases${without}:\n\n${shown.map((text) => `- ${inlineCode(text)}`).join('\n')}${rest}`;
}
