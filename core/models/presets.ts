import type { ModelApi } from './model-api.ts';

/** A service with a known address, and the variables that hold its key, the first that is set. */
export interface ProviderPreset {
  /** Absent where each customer has an address of their own. */
  readonly baseUrl?: string;
  /** The variable of the real environment that says the address, and the path that follows it. */
  readonly address?: { readonly variable: string; readonly path: string };
  readonly keys: readonly string[];
  /** It documents `usage.cost` of a response as what it charges, in USD. */
  readonly hasCharge?: boolean;
  /** The interface that its models are called through; default: `chat`. */
  readonly api?: ModelApi;
  /** It also has the Responses API, which some models need. */
  readonly hasResponses?: boolean;
}

/** Addresses from the providers' documentation; the last three run on this machine. */
export const PRESETS: Readonly<Record<string, ProviderPreset>> = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    address: { variable: 'OPENAI_BASE_URL', path: '' },
    keys: ['OPENAI_API_KEY'],
    hasResponses: true,
  },
  // https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle: the v1 interface
  azure: {
    address: { variable: 'AZURE_OPENAI_ENDPOINT', path: '/openai/v1' },
    keys: ['AZURE_OPENAI_API_KEY'],
    hasResponses: true,
  },
  anthropic: {
    baseUrl: 'https://api.anthropic.com/v1',
    keys: ['ANTHROPIC_API_KEY'],
    api: 'messages',
  },
  google: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  },
  groq: { baseUrl: 'https://api.groq.com/openai/v1', keys: ['GROQ_API_KEY'] },
  mistral: { baseUrl: 'https://api.mistral.ai/v1', keys: ['MISTRAL_API_KEY'] },
  openrouter: {
    baseUrl: 'https://openrouter.ai/api/v1',
    keys: ['OPENROUTER_API_KEY'],
    hasCharge: true,
  },
  together: { baseUrl: 'https://api.together.xyz/v1', keys: ['TOGETHER_API_KEY'] },
  deepseek: { baseUrl: 'https://api.deepseek.com/v1', keys: ['DEEPSEEK_API_KEY'] },
  xai: { baseUrl: 'https://api.x.ai/v1', keys: ['XAI_API_KEY'] },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', keys: [] },
  lmstudio: { baseUrl: 'http://127.0.0.1:1234/v1', keys: [] },
  vllm: { baseUrl: 'http://127.0.0.1:8000/v1', keys: ['VLLM_API_KEY'] },
};

/** The name of the preset with this origin; null where none has it. */
export function findPreset(origin: string): string | null {
  const found = Object.entries(PRESETS).find(
    ([, { baseUrl }]) => baseUrl !== undefined && parseOrigin(baseUrl) === origin,
  );
  return found?.[0] ?? null;
}

/** Scheme, host and port of an address; null when it is none that calls may go to. */
export function parseOrigin(address: string): string | null {
  try {
    const url = new URL(address.trim());
    const plain =
      url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    return plain && /^https?:$/.test(url.protocol) ? url.origin : null;
  } catch {
    return null;
  }
}
