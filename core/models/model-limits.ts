import { listModelNames, type ModelId } from './model-id.ts';

/** Tokens; null = not documented by the maker. */
export interface ModelLimits {
  readonly contextWindow: number | null;
  readonly maxOutput: number | null;
}

interface LimitSource {
  readonly source: string;
  readonly checkedOn: string;
  readonly publisher: string;
  /** `[context window, longest output, names]`, the names separated by space. */
  readonly rows: readonly (readonly [number | null, number | null, string])[];
}

/**
 * What the price list lacks: output limits, and the windows of models that no maker sells. GitHub
 * Models' own output limits are left out, they were the service's and not the models'.
 */
const SOURCES: readonly LimitSource[] = [
  {
    source: 'https://developers.openai.com/api/docs/models',
    checkedOn: '2026-12-01',
    publisher: 'openai',
    rows: [
      [16_385, 4_096, 'gpt-3.5-turbo'],
      [8_192, 8_192, 'gpt-4'],
      [
        128_000,
        4_096,
        `
        gpt-4-turbo gpt-4-turbo-preview gpt-4-1106-preview gpt-4-0125-preview
        gpt-4o-2024-05-13`,
      ],
      [
        128_000,
        16_384,
        `
        gpt-4o gpt-4o-mini chatgpt-4o-latest gpt-4.5-preview gpt-5-chat gpt-5-chat-latest
        gpt-5.1-chat gpt-5.1-chat-latest gpt-5.2-chat gpt-5.2-chat-latest gpt-5.3-chat
        gpt-5.3-chat-latest`,
      ],
      [1_047_576, 32_768, 'gpt-4.1 gpt-4.1-mini gpt-4.1-nano'],
      [128_000, 32_768, 'o1-preview'],
      [128_000, 65_536, 'o1-mini'],
      [
        200_000,
        100_000,
        `
        o1 o1-pro o3 o3-pro o3-mini o4-mini o3-deep-research o4-mini-deep-research`,
      ],
      [
        400_000,
        128_000,
        `
        gpt-5 gpt-5-mini gpt-5-nano gpt-5-codex gpt-5.1 gpt-5.1-codex gpt-5.1-codex-max
        gpt-5.1-codex-mini gpt-5.2 gpt-5.2-pro gpt-5.2-codex gpt-5.3-codex gpt-5.4-mini
        gpt-5.4-nano`,
      ],
      [400_000, 272_000, 'gpt-5-pro'],
      [
        1_050_000,
        128_000,
        `
        gpt-5.4 gpt-5.4-pro gpt-5.5 gpt-5.5-pro gpt-5.6 gpt-5.6-luna gpt-5.6-sol
        gpt-5.6-terra gpt-6-astra gpt-6-luna gpt-6-sol gpt-6.1-sol gpt-6.1-terra
        gpt-6.2-astra gpt-6.2-sol`,
      ],
      [
        null,
        null,
        `
        gpt-5.6-cyber gpt-6-cyber gpt-6-rosalind gpt-6.2-astra-law gpt-daybreak-blue-latest
        gpt-daybreak-red-latest gpt-rosalind-research`,
      ],
      [8_191, null, 'text-embedding-3-small text-embedding-3-large text-embedding-ada-002'],
    ],
  },
  {
    source: 'https://platform.claude.com/docs/en/about-claude/models/overview',
    checkedOn: '2026-12-01',
    publisher: 'anthropic',
    rows: [
      [100_000, 4_096, 'claude-2-0 claude-instant-1-2'],
      [200_000, 4_096, 'claude-2-1 claude-3-haiku claude-3-sonnet claude-3-opus'],
      [200_000, 8_192, 'claude-3-5-sonnet claude-3-5-haiku'],
      [200_000, 32_000, 'claude-opus-4 claude-opus-4-0 claude-opus-4-1'],
      [
        200_000,
        64_000,
        `
        claude-3-7-sonnet claude-sonnet-4 claude-sonnet-4-0 claude-sonnet-4-5 claude-haiku-4-5 claude-opus-4-5`,
      ],
      [1_000_000, null, 'claude-sonnet-4-6'],
      [
        1_000_000,
        128_000,
        `
        claude-opus-4-6 claude-opus-4-7 claude-opus-4-8 claude-opus-5 claude-opus-5-5
        claude-sonnet-5 claude-sonnet-5-5 claude-fable-5 claude-fable-5-1 claude-fable-5-2
        claude-haiku-5-5 claude-mythos-5`,
      ],
      [null, null, 'claude-mythos-5-1 claude-mythos-5-2 claude-mythos-preview'],
    ],
  },
  {
    source: 'https://ai.google.dev/gemini-api/docs/models',
    checkedOn: '2026-11-21',
    publisher: 'google',
    rows: [
      [2_097_152, 8_192, 'gemini-1.5-pro'],
      [
        1_048_576,
        8_192,
        `
        gemini-1.5-flash gemini-1.5-flash-8b gemini-2.0-flash gemini-2.0-flash-lite`,
      ],
      [
        1_048_576,
        65_536,
        `
        gemini-2.5-pro gemini-2.5-flash gemini-2.5-flash-lite gemini-3-pro-preview
        gemini-3-flash-preview gemini-3.1-pro-preview gemini-3.1-flash-lite gemini-3.5-flash
        gemini-3.5-flash-lite gemini-3.6-flash gemini-3.7-flash gemini-3.8-flash`,
      ],
    ],
  },
  ...githubCatalogue([
    ['ai21-labs', [[262_144, null, 'ai21-jamba-1.5-large ai21-jamba-1.5-mini']]],
    [
      'cohere',
      [
        [
          131_072,
          null,
          `
        cohere-command-a cohere-command-r cohere-command-r-08-2024 cohere-command-r-plus
        cohere-command-r-plus-08-2024`,
        ],
      ],
    ],
    ['core42', [[8_192, null, 'jais-30b-chat']]],
    ['deepseek', [[128_000, null, 'deepseek-r1 deepseek-r1-0528 deepseek-v3-0324']]],
    [
      'meta',
      [
        [8_192, null, 'meta-llama-3-8b-instruct meta-llama-3-70b-instruct'],
        [
          131_072,
          null,
          `
        meta-llama-3.1-8b-instruct meta-llama-3.1-70b-instruct meta-llama-3.1-405b-instruct`,
        ],
        [
          128_000,
          null,
          `
        llama-3.2-11b-vision-instruct llama-3.2-90b-vision-instruct llama-3.3-70b-instruct`,
        ],
        [1_000_000, null, 'llama-4-maverick-17b-128e-instruct-fp8'],
        [10_000_000, null, 'llama-4-scout-17b-16e-instruct'],
      ],
    ],
    [
      'microsoft',
      [
        [4_096, null, 'phi-3-mini-4k-instruct phi-3-medium-4k-instruct'],
        [8_192, null, 'phi-3-small-8k-instruct'],
        [16_384, null, 'phi-4'],
        [32_768, null, 'phi-4-reasoning'],
        [
          128_000,
          null,
          `
        mai-ds-r1 phi-3-mini-128k-instruct phi-3-small-128k-instruct
        phi-3-medium-128k-instruct phi-3.5-mini-instruct phi-3.5-moe-instruct
        phi-3.5-vision-instruct phi-4-mini-instruct phi-4-mini-reasoning phi-4-multimodal-instruct`,
        ],
      ],
    ],
    [
      'mistral-ai',
      [
        [256_000, null, 'codestral-2501'],
        [131_072, null, 'ministral-3b'],
        [
          128_000,
          null,
          `
        mistral-large-2411 mistral-medium-2505 mistral-nemo mistral-small-2503`,
        ],
      ],
    ],
    ['xai', [[131_072, null, 'grok-3 grok-3-mini']]],
  ]),
];

/** What a name has at its end when it means a snapshot of the model before it. */
const SNAPSHOT_END = /[-@](?:latest|\d{8}|\d{4}-\d{2}-\d{2})$/;

const BY_ID: ReadonlyMap<string, ModelLimits> = new Map(
  SOURCES.flatMap(({ publisher, rows }) =>
    rows.flatMap(([contextWindow, maxOutput, names]) =>
      names
        .split(/\s+/)
        .filter(Boolean)
        .map((name) => [`${publisher}/${name}`, { contextWindow, maxOutput }] as const),
    ),
  ),
);

/** The ids of the table, `publisher/name`. */
export function listModelIds(): readonly string[] {
  return [...BY_ID.keys()];
}

/** Resellers serve a choice of models: that a model exists does not mean that they have it. */
const SERVED_BY: ReadonlySet<string | null> = new Set([null, 'azure', 'custom', 'github-models']);

/** True when the table names this model itself, not only the model it is a snapshot of. */
export function isListed(id: ModelId): boolean {
  return SERVED_BY.has(id.host) && listKeys(id).some((key) => BY_ID.has(key));
}

/** The documented limits of a model; a snapshot has those of its model. */
export function findLimits(id: ModelId): ModelLimits {
  const keys = listKeys(id);
  for (const key of [...keys, ...keys.map((k) => k.replace(SNAPSHOT_END, ''))]) {
    const limits = BY_ID.get(key);
    if (limits) return limits;
  }
  return { contextWindow: null, maxOutput: null };
}

/** Where the limits of a model are from; null where the table has none of it. */
export function findLimitSource(id: ModelId): Pick<LimitSource, 'source' | 'checkedOn'> | null {
  const keys = listKeys(id).flatMap((key) => [key, key.replace(SNAPSHOT_END, '')]);
  const names = (source: LimitSource) =>
    source.rows.flatMap(([, , text]) =>
      text.split(/\s+/).map((name) => `${source.publisher}/${name}`),
    );
  return SOURCES.find((source) => names(source).some((name) => keys.includes(name))) ?? null;
}

/** Anthropic's models are written with dots and with hyphens; the table has hyphens. */
function listKeys(id: ModelId): string[] {
  return listModelNames(id).map(
    (name) => `${id.publisher}/${id.publisher === 'anthropic' ? name.replaceAll('.', '-') : name}`,
  );
}

/** The last catalogue of GitHub Models (https://models.github.ai/catalog/models, 2026-06-03). */
function githubCatalogue(
  publishers: readonly (readonly [string, LimitSource['rows']])[],
): LimitSource[] {
  return publishers.map(([publisher, rows]) => ({
    source: 'https://docs.github.com/en/rest/models/catalog',
    checkedOn: '2026-06-03',
    publisher,
    rows,
  }));
}
