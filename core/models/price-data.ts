import type { Prices, PriceTier, Rates } from './prices.ts';

/**
 * The shape of the price list, that of `@pydantic/genai-prices`: a list of providers with their
 * models. Prices are USD; `*_mtok` per million tokens, `*_kcount` per thousand.
 */
export interface PriceProvider {
  readonly id: string;
  readonly name: string;
  readonly models: readonly PriceModel[];
  /** Providers whose models this one serves at their prices. */
  readonly fallback_model_providers?: readonly string[];
}

export interface PriceModel {
  readonly id: string;
  readonly name?: string;
  readonly match: MatchLogic;
  readonly context_window?: number;
  readonly deprecated?: boolean;
  readonly prices: PriceTable | readonly DatedPriceTable[];
}

export type MatchLogic =
  | { readonly or: readonly MatchLogic[] }
  | { readonly and: readonly MatchLogic[] }
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string };

export interface DatedPriceTable {
  readonly constraint?: { readonly type: string; readonly start_date?: string };
  readonly prices: PriceTable;
}

export type PriceTable = Readonly<Record<string, PriceValue | undefined>>;
type PriceValue =
  | number
  | {
      readonly base: number;
      readonly tiers: readonly { readonly start: number; readonly price: number }[];
    };

/** What may follow a model's name and still mean that model: a snapshot's date or number, `latest`, a preview. */
const SNAPSHOT =
  /^(?:-v\d+(?::\d+)?|[-@](?:latest|default|\d{8}|\d{4}-\d{2}-\d{2}|\d{4}|\d{3}|\d{2}-\d{4})|-preview(?:-[\d-]+)?|-exp(?:-[\d-]+)?)+$/;

/** The prefix of fine-tuned models: what follows is the owner's. */
const FINE_TUNED = /^ft:|\.ft-$/;

/**
 * The model of a provider that a name means. An exact name wins. The list's open patterns
 * (`starts_with: claude-sonnet-5`) hold only for snapshots: `claude-sonnet-5-5` is another model,
 * whose price the list does not know.
 */
export function findPriceModel(provider: PriceProvider, name: string): PriceModel | null {
  const wanted = name.toLowerCase();
  return (
    provider.models.find(({ match }) => isExact(match, wanted)) ??
    provider.models.find(({ match }) => matches(match, wanted) && isSnapshotOf(match, wanted)) ??
    null
  );
}

/** Names that the list gives a model exactly, its id first when that is one. */
export function listExactNames(model: PriceModel): readonly string[] {
  const names = listExactLiterals(model.match);
  const id = model.id.toLowerCase();
  return isSnapshotOf(model.match, id) || names.includes(id) ? [...new Set([id, ...names])] : names;
}

function matches(logic: MatchLogic, name: string): boolean {
  if ('or' in logic) return logic.or.some((part) => matches(part, name));
  if ('and' in logic) return logic.and.every((part) => matches(part, name));
  if ('equals' in logic) return name === logic.equals.toLowerCase();
  if ('starts_with' in logic) return name.startsWith(logic.starts_with.toLowerCase());
  if ('ends_with' in logic) return name.endsWith(logic.ends_with.toLowerCase());
  if ('contains' in logic) return name.includes(logic.contains.toLowerCase());
  return new RegExp(logic.regex).test(name);
}

function isSnapshotOf(logic: MatchLogic, name: string): boolean {
  if ('regex' in logic) return /^\^.*(?:\$|\\d)$/.test(logic.regex);
  if ('or' in logic)
    return logic.or.some((part) => matches(part, name) && isSnapshotOf(part, name));
  if ('and' in logic) return logic.and.some((part) => isSnapshotOf(part, name));
  const literal = Object.values(logic)[0]?.toLowerCase() ?? '';
  const at = 'contains' in logic || 'ends_with' in logic ? name.indexOf(literal) : 0;
  // `us.anthropic.claude-…` is a region's spelling of the same model.
  if (at < 0 || (at > 0 && !'./'.includes(name[at - 1] ?? ''))) return false;
  const rest = name.slice(at + literal.length);
  if (rest === '' || FINE_TUNED.test(literal) || SNAPSHOT.test(rest)) return true;
  // The list also cuts inside a snapshot: `claude-sonnet-4-2025`, `gemini-2.0-flash-0`.
  const cut = /[-@]\d*$/.exec(literal)?.[0] ?? '';
  return cut !== '' && SNAPSHOT.test(cut + rest);
}

function isExact(logic: MatchLogic, name: string): boolean {
  if ('or' in logic) return logic.or.some((part) => isExact(part, name));
  return 'equals' in logic && logic.equals.toLowerCase() === name;
}

function listExactLiterals(logic: MatchLogic): string[] {
  if ('or' in logic) return logic.or.flatMap(listExactLiterals);
  return 'equals' in logic ? [logic.equals.toLowerCase()] : [];
}

/** The prices that hold on a day (`2026-11-21`); null when the list has none for text. */
export function findPricesOn(model: PriceModel, provider: string, day: string): Prices | null {
  const { prices } = model;
  const tables = Array.isArray(prices) ? findTablesOn(prices, day) : [prices as PriceTable];
  const rated = tables.flatMap((table) => readTable(table, provider, tables.length > 1) ?? []);
  return rated.toSorted((a, b) => sumRates(b) - sumRates(a))[0] ?? null;
}

/**
 * The tables that may hold on a day: the last one in force, and those for hours of the day, which the
 * list puts after it.
 */
function findTablesOn(dated: readonly DatedPriceTable[], day: string): PriceTable[] {
  const tables: PriceTable[] = [];
  for (const { constraint, prices } of dated.toReversed()) {
    if (constraint === undefined || (constraint.start_date ?? '9999') <= day)
      return [...tables, prices];
    if (constraint.type === 'time_of_date') tables.push(prices);
  }
  const first = dated[0]?.prices;
  return first ? [...tables, first] : tables;
}

function sumRates({ input, output }: Rates): number {
  return input + (output ?? 0);
}

const KEYS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  reasoning: 'output_reasoning_mtok',
} as const;

function readTable(table: PriceTable, provider: string, peak: boolean): Prices | null {
  const base = readRatesAt(table, -1);
  if (base === null) return null;
  const starts = new Set(
    Object.values(KEYS).flatMap((key) => {
      const value = table[key];
      return typeof value === 'object' ? value.tiers.map(({ start }) => start) : [];
    }),
  );
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .flatMap((above): PriceTier[] => {
      const rates = readRatesAt(table, above);
      return rates === null ? [] : [{ above, ...rates }];
    });
  const { requests_kcount: requests } = table;
  return {
    ...base,
    tiers,
    perCall: typeof requests === 'number' ? requests / 1000 : 0,
    provider,
    peak,
  };
}

/** The rates from the tier that starts at `start`; -1 for the base. Null without a price for input. */
function readRatesAt(table: PriceTable, start: number): Rates | null {
  const at = (key: string): number | null => {
    const value = table[key];
    if (value === undefined || typeof value === 'number') return value ?? null;
    const tiers = value.tiers
      .filter((tier) => tier.start <= start)
      .sort((a, b) => a.start - b.start);
    return tiers.at(-1)?.price ?? value.base;
  };
  const input = at(KEYS.input);
  return input === null
    ? null
    : {
        input,
        output: at(KEYS.output),
        cacheRead: at(KEYS.cacheRead),
        cacheWrite: at(KEYS.cacheWrite),
        reasoning: at(KEYS.reasoning),
      };
}
