import type { Catalogue, ModelInfo } from '#core/models/catalogue.ts';
import { count, dollars, size } from '#core/models/figures.ts';
import type { Rates } from '#core/models/prices.ts';
import { retirementState } from '#core/models/retirements.ts';
import { escapeMarkdown, inlineCode } from '../to-lsp.ts';

/** What is known of a model: window, prices, encoding, retirement and the date of the data. */
export function describeModel(
  id: string,
  catalogue: Catalogue | null,
  today: string,
): string | null {
  if (!catalogue) return null;
  const model = catalogue.find(id);
  if (!model) {
    const similar = catalogue.suggest(id);
    const hint =
      similar.length > 0 ? ` Did you mean ${similar.map((s) => inlineCode(s)).join(', ')}?` : '';
    return `**${inlineCode(id)}** — no catalogue knows this model: tokens are estimated, the cost is unknown.${hint}`;
  }
  const { retirement, encoding } = model;
  const rows = [
    model.contextWindow !== null && ['Context window', `${count(model.contextWindow)} tokens`],
    model.maxOutput !== null && ['Longest answer', `${count(model.maxOutput)} tokens`],
    ...priceRows(model),
    ['Encoding', `${encoding.exact ? '' : '≈ '}${encoding.encoding}`],
  ].filter((row): row is string[] => row !== false);
  const notes = [
    model.local && 'Runs on your own machine: no price applies.',
    !encoding.exact && encoding.basis && `Tokens are estimated: ${encoding.basis}.`,
    retirement &&
      `**${retirementState(retirement, today) === 'retired' ? 'Retired' : 'Retires'} ${retirement.date}** (${retirement.service}).${retirement.successor ? ` Successor: ${inlineCode(retirement.successor)}.` : ''}`,
    model.reasoning &&
      `A reasoning model: ${model.reasoning.parameters.map((name) => `\`${name}\``).join(', ')} ${model.reasoning.effect === 'rejected' ? 'are rejected' : 'do nothing'}.`,
    model.prices?.peak && 'The provider charges less at some hours; these are the dearer prices.',
    `Data: ${catalogue.source}, ${catalogue.date}.`,
  ];
  const table = [
    '| | |',
    '|:--|--:|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n');
  return [
    `**${escapeMarkdown(model.displayName)}** — \`${model.id}\``,
    table,
    ...notes.filter(Boolean),
  ].join('\n\n');
}

/** One line for a completion item. */
export function summarizeModel(model: ModelInfo | null): string {
  if (!model) return '';
  const { prices, contextWindow } = model;
  return [
    contextWindow === null ? '' : `${size(contextWindow)} window`,
    prices
      ? `${dollars(prices.input)} in${prices.output === null ? '' : ` / ${dollars(prices.output)} out`} per 1M`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function priceRows({ prices }: ModelInfo): string[][] {
  if (!prices) return [['Price', 'unknown']];
  const rows = rateRows(prices, '');
  for (const tier of prices.tiers)
    rows.push(...rateRows(tier, ` above ${size(tier.above)} tokens`));
  return rows;
}

function rateRows(rates: Rates, suffix: string): string[][] {
  const named: [string, number | null][] = [
    ['Input', rates.input],
    ['Output', rates.output],
    ['Cached input', rates.cacheRead],
    ['Cache write', rates.cacheWrite],
    ['Reasoning', rates.reasoning],
  ];
  return named.flatMap(([name, price]) =>
    price === null ? [] : [[`${name}${suffix}, 1M tokens`, dollars(price)]],
  );
}
