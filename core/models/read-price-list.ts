import type { PriceProvider } from './price-data.ts';

/** A price list larger than this is none, in providers, models of a provider, and characters of an id. */
const MAX_PROVIDERS = 500;
const MAX_MODELS = 5000;
const MAX_ID = 200;
/** USD per million tokens; the dearest model of 2026 costs 270. */
const MAX_PRICE = 100_000;
const MAX_WINDOW = 1e9;
const MAX_DEPTH = 20;
const MAX_PATTERN = 300;

/** Without these the list is another one, or was cut. */
const EXPECTED = ['openai', 'anthropic', 'google', 'mistral'];

/** A repeated group that holds a repetition takes exponential time over some names. */
const SLOW_PATTERN = /[+*}][^()]{0,50}\)[+*{]/;

/** Checks the shape and the bounds of a price list that was fetched. Throws one sentence about the first fault. */
export function readPriceList(value: unknown): readonly PriceProvider[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_PROVIDERS)
    throw new Error('it is not a list of providers');
  const ids = new Set<unknown>();
  for (const provider of value) {
    const { id, models } = toRecord(provider, 'a provider');
    const name = readText(id, 'the id of a provider');
    ids.add(name);
    if (!Array.isArray(models) || models.length > MAX_MODELS)
      throw new Error(`${name} has no list of models`);
    for (const model of models) checkModel(toRecord(model, `a model of ${name}`), name);
  }
  const missing = EXPECTED.find((id) => !ids.has(id));
  if (missing !== undefined) throw new Error(`it has no provider ${missing}`);
  return value as readonly PriceProvider[];
}

function checkModel(model: Record<string, unknown>, provider: string): void {
  const id = `${provider}/${readText(model.id, `the id of a model of ${provider}`)}`;
  checkMatch(model.match, id, 0);
  const { context_window: window, prices } = model;
  if (window !== undefined && window !== null && !isNumber(window, MAX_WINDOW))
    throw new Error(`the context window of ${id} is out of range`);
  const tables = Array.isArray(prices) ? prices.map((one) => toRecord(one, id).prices) : [prices];
  for (const table of tables)
    for (const [kind, price] of Object.entries(toRecord(table, `the prices of ${id}`)))
      checkPrice(price, `${kind} of ${id}`);
}

function checkPrice(price: unknown, name: string): void {
  if (price === null || isNumber(price, MAX_PRICE)) return;
  const { base, tiers } = toRecord(price, `the price ${name}`);
  if (!isNumber(base, MAX_PRICE) || !Array.isArray(tiers))
    throw new Error(`the price ${name} is out of range`);
  for (const tier of tiers) {
    const { start, price: own } = toRecord(tier, `the price ${name}`);
    if (!isNumber(start, MAX_WINDOW) || !isNumber(own, MAX_PRICE))
      throw new Error(`the price ${name} is out of range`);
  }
}

function checkMatch(match: unknown, id: string, depth: number): void {
  const logic = toRecord(match, `the names of ${id}`);
  if (depth > MAX_DEPTH) throw new Error(`the names of ${id} are nested too deeply`);
  for (const [key, value] of Object.entries(logic)) {
    if (key === 'or' || key === 'and') {
      if (!Array.isArray(value)) throw new Error(`the names of ${id} are no list`);
      for (const part of value) checkMatch(part, id, depth + 1);
      continue;
    }
    if (typeof value !== 'string' || value.length > MAX_PATTERN)
      throw new Error(`the names of ${id} are no text`);
    if (key !== 'regex') continue;
    if (SLOW_PATTERN.test(value)) throw new Error(`a pattern of ${id} may be slow`);
    new RegExp(value);
  }
}

function toRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${what} has an unknown form`);
  return value as Record<string, unknown>;
}

function readText(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID)
    throw new Error(`${what} is missing or too long`);
  return value;
}

function isNumber(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= most;
}
