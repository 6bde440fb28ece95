import { type ModelId, parseModelId } from './model-id.ts';
import { type Prices, selectRates } from './prices.ts';

/** How a provider caches the beginning of a prompt that calls have in common. */
export interface PrefixCaching {
  /** A shorter prefix is not cached. */
  readonly minTokens: number;
  /** The cached length is the minimum plus a multiple of this. */
  readonly step: number;
  /** False: only where the request asks for it (`cache_control`). */
  readonly automatic: boolean;
  readonly source: string;
  readonly checkedOn: string;
}

interface CachingRule {
  readonly publisher: string;
  readonly models: RegExp;
  readonly caching: PrefixCaching | null;
}

const OPENAI = 'https://developers.openai.com/api/docs/guides/prompt-caching';
const ANTHROPIC = 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching';
const GOOGLE = 'https://ai.google.dev/gemini-api/docs/caching';

/** The first rule that fits holds; a model of no rule has no documented minimum. */
const RULES: readonly CachingRule[] = [
  {
    publisher: 'openai',
    models: /^gpt-oss|audio|realtime|transcribe|tts|image|embedding/,
    caching: null,
  },
  { publisher: 'openai', models: /^gpt-(?:5\.[6-9]|6)/, caching: caching(1024, 1, true, OPENAI) },
  {
    publisher: 'openai',
    models: /^(?:chatgpt-4o|gpt-4o|gpt-4\.[15]|gpt-5|o[134](?:-|$))/,
    caching: caching(1024, 128, true, OPENAI),
  },
  {
    publisher: 'anthropic',
    models: /(?:opus-5|fable-5|mythos-5)(?:-\d{8})?$/,
    caching: caching(512, 1, false, ANTHROPIC),
  },
  { publisher: 'anthropic', models: /opus-4[.-]7/, caching: caching(2048, 1, false, ANTHROPIC) },
  {
    publisher: 'anthropic',
    models: /opus-4[.-][56]|haiku-4[.-]5/,
    caching: caching(4096, 1, false, ANTHROPIC),
  },
  {
    publisher: 'anthropic',
    models: /claude-3(?:[.-]5)?-haiku/,
    caching: caching(2048, 1, false, ANTHROPIC),
  },
  {
    publisher: 'anthropic',
    models: /sonnet-5(?:-\d{8})?$|claude-3|-4(?:[.-]|$)/,
    caching: caching(1024, 1, false, ANTHROPIC),
  },
  { publisher: 'google', models: /image|tts|live|embedding/, caching: null },
  {
    publisher: 'google',
    models: /^gemini-2\.5-(?:flash(?!-lite)|pro)/,
    caching: caching(2048, 1, true, GOOGLE),
  },
  {
    publisher: 'google',
    models: /^gemini-3\.(?:1-pro|[5-8]-flash(?!-lite))/,
    caching: caching(4096, 1, true, GOOGLE),
  },
];

/** Services that pass the maker's caching on. */
const CACHING_HOSTS: ReadonlySet<string> = new Set(['azure', 'custom', 'github-models']);

/** How a model's provider caches prefixes; null when it does not, or when no minimum is documented. */
export function findPrefixCaching(id: string | ModelId): PrefixCaching | null {
  const model = typeof id === 'string' ? parseModelId(id) : id;
  if (model.host !== null && !CACHING_HOSTS.has(model.host)) return null;
  const rule = RULES.find(
    ({ publisher, models }) => publisher === model.publisher && models.test(model.name),
  );
  return rule?.caching ?? null;
}

/** How many tokens of a common prefix this long are cached; 0 below the minimum. */
export function countCacheableTokens(caching: PrefixCaching, prefixTokens: number): number {
  if (prefixTokens < caching.minTokens) return 0;
  return prefixTokens - ((prefixTokens - caching.minTokens) % caching.step);
}

/**
 * USD that a call saves when this many of its input tokens are read from the cache; null when the
 * price of a cache read is unknown.
 */
export function estimateCacheSaving(
  prices: Prices,
  cachedTokens: number,
  inputTokens: number,
): number | null {
  const { input, cacheRead } = selectRates(prices, inputTokens);
  return cacheRead === null ? null : (cachedTokens * (input - cacheRead)) / 1e6;
}

function caching(
  minTokens: number,
  step: number,
  automatic: boolean,
  source: string,
): PrefixCaching {
  return { minTokens, step, automatic, source, checkedOn: '2026-11-21' };
}
