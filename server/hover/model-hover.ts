import type { Catalogue, ModelInfo } from '#core/models/catalogue.ts';
import { formatCount, formatDollars, formatTokenSize } from '#core/models/figures.ts';
import type { Rates } from '#core/models/prices.ts';
import type { ReasoningLimits } from '#core/models/reasoning.ts';
import { getRetirementState, type Retirement } from '#core/models/retirements.ts';
import { escapeForHover, formatHoverCode, hover } from '#core/printing/hover.ts';
import { renderMarkdownTable } from '#core/printing/markdown-table.ts';
import { joinParagraphs, joinSafe, type SafeText } from '#core/printing/safe-text.ts';

/** Describes a model: context window, prices, encoding, retirement and the date of the data. */
export function describeModel(
  id: string,
  catalogue: Catalogue | null,
  today: string,
): SafeText<'hover'> | null {
  if (!catalogue) return null;
  const model = catalogue.find(id);
  if (!model) {
    const similar = joinSafe(
      catalogue.suggest(id).map((one) => formatHoverCode(one)),
      ', ',
    );
    const hint = similar === '' ? hover`` : hover` Did you mean ${similar}?`;
    return hover`**${formatHoverCode(id)}** — unknown model: token counts are estimates, and the cost is unknown.${hint}`;
  }
  const { retirement, encoding } = model;
  const rows = [
    model.contextWindow !== null && [
      'Context window',
      `${formatCount(model.contextWindow)} tokens`,
    ],
    model.maxOutput !== null && ['Maximum output', `${formatCount(model.maxOutput)} tokens`],
    ...buildPriceRows(model),
    ['Encoding', `${encoding.exact ? '' : '≈ '}${encoding.encoding}`],
  ].filter((row): row is string[] => row !== false);
  return joinParagraphs(
    hover`**${escapeForHover(model.displayName)}** — ${formatHoverCode(model.id)}`,
    renderMarkdownTable(
      [{ heading: hover`` }, { heading: hover``, isNumber: true }],
      rows.map((row) => row.map((cell) => escapeForHover(cell))),
    ),
    model.local && hover`Runs locally; no price applies.`,
    !encoding.exact &&
      encoding.basis &&
      hover`Token counts are estimates: ${escapeForHover(encoding.basis)}.`,
    retirement && describeRetirement(retirement, today),
    model.reasoning && describeReasoning(model.reasoning),
    !model.isListed && hover`In no catalog; taken to behave like the newest model of its family.`,
    model.prices?.peak && hover`These are peak prices; the provider charges less off-peak.`,
    model.prices?.provider === 'settings' && hover`Prices: settings.`,
    hover`Data: ${escapeForHover(catalogue.source)}, ${escapeForHover(catalogue.date)}.`,
  );
}

function describeRetirement(retirement: Retirement, today: string): SafeText<'hover'> {
  const { date, service, successor, checkedOn } = retirement;
  const state = getRetirementState(retirement, today);
  const verb = {
    retired: 'Retired',
    planned: `Planned on ${checkedOn} to be retired`,
    retires: 'Retires',
  }[state];
  const next = successor ? hover` Successor: ${formatHoverCode(successor)}.` : hover``;
  return hover`**${escapeForHover(`${verb} ${date}`)}** (${escapeForHover(service)}).${next}`;
}

function describeReasoning({ parameters, effect }: ReasoningLimits): SafeText<'hover'> {
  const names = joinSafe(
    parameters.map((name) => formatHoverCode(name)),
    ', ',
  );
  return hover`Reasoning model; ${effect === 'rejected' ? hover`rejects` : hover`ignores`} ${names}.`;
}

/** One line for a completion item. */
export function summarizeModel(model: ModelInfo | null): string {
  if (!model) return '';
  const { prices, contextWindow } = model;
  return [
    contextWindow === null ? '' : `${formatTokenSize(contextWindow)} window`,
    prices
      ? `${formatDollars(prices.input)} in${prices.output === null ? '' : ` / ${formatDollars(prices.output)} out`} per 1M`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function buildPriceRows({ prices }: ModelInfo): string[][] {
  if (!prices) return [['Price', 'unknown']];
  const rows = buildRateRows(prices, '');
  for (const tier of prices.tiers)
    rows.push(...buildRateRows(tier, ` above ${formatTokenSize(tier.above)} tokens`));
  return rows;
}

function buildRateRows(rates: Rates, suffix: string): string[][] {
  const named: [string, number | null][] = [
    ['Input', rates.input],
    ['Output', rates.output],
    ['Cached input', rates.cacheRead],
    ['Cache write', rates.cacheWrite],
    ['Reasoning', rates.reasoning],
  ];
  return named.flatMap(([name, price]) =>
    price === null ? [] : [[`${name}${suffix}, per 1M tokens`, formatDollars(price)]],
  );
}
