import { findAddedPrices } from '#core/models/added-prices.ts';
import type { Catalogue, ModelInfo } from '#core/models/catalogue.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { parseModelId } from '#core/models/model-id.ts';
import { findLimitSource } from '#core/models/model-limits.ts';
import { FAMILIES_CHECKED_ON } from '#core/models/model-version.ts';

/** Everything that is known of a model, as rows of a name and a text. `id` is the spelling that was asked for. */
export function describeModel(
  id: string,
  model: ModelInfo,
  catalogue: Catalogue,
): [name: string, text: string][] {
  const { reasoning, retirement, caching, batch, encoding } = model;
  const limits = findLimitSource(parseModelId(id));
  const from = (source: string, day: string) => ` (${source}, read on ${day})`;
  const rows: [string, string | null][] = [
    ['model', model.id === id ? null : model.id],
    [
      'catalog',
      model.isListed
        ? null
        : `not in that of ${FAMILIES_CHECKED_ON}; taken to behave like the newest model of its family`,
    ],
    ['runs', model.local ? 'on this machine; no price applies' : null],
    [
      'window',
      model.contextWindow === null
        ? 'unknown'
        : `${formatCount(model.contextWindow)} tokens${limits ? from(limits.source, limits.checkedOn) : ''}`,
    ],
    [
      'longest output',
      model.maxOutput === null ? 'unknown' : `${formatCount(model.maxOutput)} tokens`,
    ],
    ['price', model.local ? null : describePrices(model, catalogue)],
    [
      'batch',
      batch && `${Math.round(batch.off * 100)} % less${from(batch.source, batch.checkedOn)}`,
    ],
    [
      'prefix cache',
      caching &&
        `from ${formatCount(caching.minTokens)} tokens, ${caching.automatic ? 'by itself' : 'where the request asks for it'}${from(caching.source, caching.checkedOn)}`,
    ],
    [
      'reasoning',
      reasoning &&
        `${reasoning.effect === 'rejected' ? 'refuses' : 'ignores'} ${reasoning.parameters.join(', ')}${from(reasoning.source, reasoning.checkedOn)}`,
    ],
    ['efforts', reasoning?.efforts?.join(', ') ?? null],
    [
      'tokens',
      encoding.exact ? `${encoding.encoding}, exact` : `≈ ${encoding.basis ?? encoding.encoding}`,
    ],
    [
      'retires',
      retirement &&
        `${retirement.date} at ${retirement.service}${retirement.successor ? `; successor ${retirement.successor}` : ''}${from(retirement.source, retirement.checkedOn)}`,
    ],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

function describePrices({ id, prices }: ModelInfo, { source, date }: Catalogue): string {
  if (prices === null) return 'unknown';
  const { input, output, cacheRead, cacheWrite, tiers, provider } = prices;
  const parts = [
    `${formatDollars(input)} in`,
    output === null ? null : `${formatDollars(output)} out`,
    cacheRead === null ? null : `${formatDollars(cacheRead)} cached`,
    cacheWrite === null ? null : `${formatDollars(cacheWrite)} cache write`,
  ].filter((part) => part !== null);
  const added = findAddedPrices(id);
  const origin =
    provider === 'settings'
      ? 'settings'
      : added && added.checkedOn > date
        ? `${added.source}, read on ${added.checkedOn}`
        : `${provider}; ${source}, ${date}`;
  const more = tiers.map(({ above }) => `, more above ${formatCount(above)} input tokens`).join('');
  return `${parts.join(', ')} per million tokens${more} (${origin})`;
}

/** The same for programs. */
export function modelJson(model: ModelInfo): unknown {
  const { id, publisher, isListed, local, contextWindow, maxOutput, prices } = model;
  const { encoding, retirement, reasoning, caching, batch } = model;
  return {
    id,
    publisher,
    isListed,
    local,
    contextWindow,
    maxOutput,
    prices,
    encoding,
    retirement,
    reasoning,
    caching,
    batch,
  };
}
