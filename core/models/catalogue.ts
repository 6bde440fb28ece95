import type { ModelSetting } from '../settings.ts';
import { addPrices } from './added-prices.ts';
import { type BatchDiscount, findBatchDiscount } from './batch-discount.ts';
import { findPrefixCaching, type PrefixCaching } from './cacheable-prefix.ts';
import { findEncoding, type ModelEncoding } from './find-encoding.ts';
import { isUnnamed, MAX_ID_LENGTH, type ModelId, parseModelId } from './model-id.ts';
import { findLimits, isListed, listModelIds } from './model-limits.ts';
import { findFamily } from './model-version.ts';
import { findPricesOn, listExactNames, type PriceModel, type PriceProvider } from './price-data.ts';
import { findPrices, MAKERS } from './price-provider.ts';
import { createFlatPrices, type Prices } from './prices.ts';
import { findPublisher } from './publishers.ts';
import { findReasoningLimits, type ReasoningLimits } from './reasoning.ts';
import { findRetirement, getRetirementState, type Retirement } from './retirements.ts';
import { selectSnapshots } from './select-snapshots.ts';
import { suggestModels } from './suggest-models.ts';

/** What is known of a model. `null` = not known, never zero. */
export interface ModelInfo {
  /** `publisher/name`, equal for all spellings of the model. */
  readonly id: string;
  readonly publisher: string | null;
  readonly displayName: string;
  /** False: no list has it. It is taken to behave like the newest model of its family. */
  readonly isListed: boolean;
  /** Input and output together, in tokens. */
  readonly contextWindow: number | null;
  readonly maxOutput: number | null;
  readonly prices: Prices | null;
  readonly encoding: ModelEncoding;
  readonly retirement: Retirement | null;
  /** Set for models that do not take every sampling parameter. */
  readonly reasoning: ReasoningLimits | null;
  readonly caching: PrefixCaching | null;
  readonly batch: BatchDiscount | null;
  /** True for a model that runs on the user's own machine (an Ollama tag): no price applies. */
  readonly local: boolean;
}

/** The port to what is known of models: windows, prices, encodings, retirements. */
export interface Catalogue {
  /** Null for an id that nobody knows, and for one that names no model (`auto`, empty). */
  find(id: string | null | undefined): ModelInfo | null;
  /** Known ids that an unknown one may mean, the likeliest first, at most three. */
  suggest(id: string): readonly string[];
  /**
   * The names of the dated versions of the model that an alias means (`gpt-4o`, `mistral-large-latest`), the
   * newest first and without retired ones; none for an id that is not an alias, and for models of other
   * services than the maker's own.
   */
  snapshots(id: string): readonly string[];
  /** `publisher/name` of the chat models in use, for completion: makers' own, without retired ones. */
  ids(): readonly string[];
  /** The day of the price list, `2026-09-23`. */
  readonly date: string;
  /** Where the prices are from: a package and its version. */
  readonly source: string;
}

/** What a catalogue is made from. */
export interface CatalogueData {
  readonly providers: readonly PriceProvider[];
  readonly date: string;
  readonly source: string;
}

export interface CatalogueOptions {
  /** The day prices and retirements are for, `2026-11-21`. */
  readonly today: string;
  /** A project's own models and prices (`models` of the settings), by id. */
  readonly models?: Readonly<Record<string, ModelSetting>>;
}

const MAX_REMEMBERED = 2000;

/** A catalogue over a price list, our own tables and a project's settings. */
export function createCatalogue(
  data: CatalogueData,
  { today, models = {} }: CatalogueOptions,
): Catalogue {
  const listed = addPrices(data.providers);
  const providers = new Map(listed.map((provider) => [provider.id, provider]));
  const settings = new Map(
    Object.entries(models).map(([id, setting]) => [formatSettingKey(parseModelId(id)), setting]),
  );
  const found = new Map<string, ModelInfo | null>();
  let ids: readonly string[] | null = null;
  let candidates: readonly string[] | null = null;

  const find = (written: string | null | undefined): ModelInfo | null => {
    const key = written ?? '';
    if (key.length > MAX_ID_LENGTH) return null;
    let info = found.get(key);
    if (info === undefined) {
      info = buildModelInfo(parseModelId(written), providers, settings, today);
      // Ids come in as they are typed: what nobody asks for any more must not pile up.
      if (found.size >= MAX_REMEMBERED) found.clear();
      found.set(key, info);
    }
    return info;
  };
  const current = (names: readonly string[]): string[] =>
    [...new Set([...Object.keys(models).map((id) => parseModelId(id).id), ...names])]
      .filter((id) => isCurrent(find(id), today))
      .sort();
  return {
    find,
    suggest(id) {
      if (id.length > MAX_ID_LENGTH || isUnnamed(parseModelId(id))) return [];
      if (find(id)?.isListed ?? false) return [];
      candidates ??= current(listKnownIds(listed));
      return suggestModels(parseModelId(id).id, candidates);
    },
    snapshots(written) {
      const id = parseModelId(written);
      const info = find(written);
      if (!info || info.local || id.host !== null || id.publisher === null || id.tag !== null)
        return [];
      candidates ??= current(listKnownIds(listed));
      return selectSnapshots(id, candidates);
    },
    ids() {
      ids ??= current(listKnownIds(listed).filter((id) => !DATED.test(id)));
      return ids;
    },
    date: data.date,
    source: data.source,
  };
}

function buildModelInfo(
  id: ModelId,
  providers: ReadonlyMap<string, PriceProvider>,
  settings: ReadonlyMap<string, ModelSetting>,
  today: string,
): ModelInfo | null {
  if (isUnnamed(id)) return null;
  const own =
    settings.get(formatSettingKey(id)) ?? settings.get(formatSettingKey({ ...id, host: null }));
  const served = id.host === 'ollama' || id.host === 'local' ? null : findPrices(id, providers);
  const retirement = findRetirement(id);
  const isKnown =
    served !== null || retirement !== null || isListed(id) || isVariant(id, providers);
  const local = id.host === 'ollama' || id.host === 'local' || (!isKnown && isLocalName(id));
  const listed = local ? null : served;
  const family = isKnown || local || own ? null : findFamily(id);
  if (!own && !local && !isKnown && family === null) return null;
  const limits = findLimits(id);
  const prices = isFree(id)
    ? FREE
    : listed
      ? findPricesOn(listed.model, listed.provider, today)
      : null;
  return {
    id: id.id,
    publisher: id.publisher,
    displayName: listed?.model.name ?? id.name,
    isListed: family === null,
    contextWindow: own?.context ?? limits.contextWindow ?? listed?.model.context_window ?? null,
    maxOutput: limits.maxOutput,
    prices: own ? overridePrices(own, prices) : prices,
    encoding: own?.encoding ? { encoding: own.encoding, exact: true } : findEncoding(id),
    retirement,
    reasoning: findReasoningLimits(id),
    caching: findPrefixCaching(id),
    batch: findBatchDiscount(id),
    local,
  };
}

/** OpenRouter's `:free` costs nothing; its other variants choose among the providers of the same model. */
function isFree({ host, tag }: ModelId): boolean {
  return host === 'openrouter' && tag === 'free';
}

const FREE: Prices = createFlatPrices(
  { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: null },
  'openrouter',
);

const VARIANTS: ReadonlySet<string | null> = new Set([
  'free',
  'nitro',
  'floor',
  'online',
  'exacto',
  'extended',
  'thinking',
]);

function isVariant(id: ModelId, providers: ReadonlyMap<string, PriceProvider>): boolean {
  return (
    id.host === 'openrouter' &&
    VARIANTS.has(id.tag) &&
    findPrices({ ...id, tag: null }, providers) !== null
  );
}

/** The project's prices; what it leaves unsaid stays as the list has it. */
function overridePrices(own: ModelSetting, listed: Prices | null): Prices | null {
  const { input = listed?.input, output, cacheRead, cacheWrite } = own;
  const saysPrice = [own.input, output, cacheRead, cacheWrite].some((price) => price !== undefined);
  if (!saysPrice || input === undefined) return listed;
  return createFlatPrices(
    {
      input,
      output: output ?? listed?.output ?? null,
      cacheRead: cacheRead ?? listed?.cacheRead ?? null,
      cacheWrite: cacheWrite ?? listed?.cacheWrite ?? null,
      reasoning: null,
    },
    'settings',
  );
}

/** A setting for `azure/gpt-4o` is for that service alone; one for `openai/gpt-4o` for all that have none. */
function formatSettingKey({ host, id }: ModelId): string {
  return host === null ? id : `${host}|${id}`;
}

/** Untagged names of open models in Ollama's library (https://ollama.com/library): they mean `latest`. */
const OLLAMA =
  /^(?:llama(?:2|3|3\.[123]|4)|codellama|mistral|mixtral|gemma[23]?|gemma3n|codegemma|qwen(?:2|2\.5|3)?(?:-?coder|-?vl)?|qwq|phi[34]?|phi3\.5|phi4-mini|deepseek-(?:coder|coder-v2|llm|v2|v3)|gpt-oss|granite3\.[1-3]-(?:dense|moe)|smollm2?|tinyllama|starcoder2?)$/;

function isLocalName({ spelling, name }: ModelId): boolean {
  return spelling === 'bare' && OLLAMA.test(name);
}

/** No chat models, or no text: their names say so. */
const OTHER_KINDS =
  /embed|audio|realtime|transcri|tts|image|moderation|ocr|voxtral|voice|vision|whisper|live|computer-use|robotics|lyria|search|[:@]|\/ft|\.ft/;
/** A snapshot: the short name means it too. */
const DATED = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$/;

/** The chat models of the makers' price lists, and those of our own tables. */
function listKnownIds(providers: readonly PriceProvider[]): string[] {
  const priced = providers.flatMap((provider) => {
    const publisher = MAKERS.get(provider.id);
    if (publisher === undefined) return [];
    return provider.models.flatMap((model) =>
      listNamesInUse(model, publisher).map((name) => `${publisher}/${name}`),
    );
  });
  const tabled = listModelIds().filter((id) => !/anthropic|\/cohere-|\/ai21-|\/meta-/.test(id));
  return [...priced, ...tabled].filter((id) => !OTHER_KINDS.test(id));
}

/** A maker's own names of a model: a list may also have other makers' models, and dots as hyphens. */
function listNamesInUse(model: PriceModel, publisher: string): string[] {
  if (model.deprecated === true) return [];
  const names = listExactNames(model);
  const dotted = new Set(
    names.filter((name) => name.includes('.')).map((name) => name.replaceAll('.', '-')),
  );
  return names.filter((name) => !dotted.has(name) && findPublisher(name) === publisher);
}

function isCurrent(info: ModelInfo | null, today: string): boolean {
  return (
    info !== null &&
    (info.retirement === null || getRetirementState(info.retirement, today) === 'retires')
  );
}
