import { type ModelId, parseModelId } from './model-id.ts';

/** How a model's tokens are counted. */
export interface ModelEncoding {
  readonly encoding: 'o200k_base' | 'cl100k_base';
  /** True when the encoding is the model's own; else the count is an estimate, shown with `≈`. */
  readonly exact: boolean;
  /** For estimates: why this encoding stands in, and how far off it may be. */
  readonly basis?: string;
  /** For estimates: the model's tokens per token of the encoding, where that was measured; absent = 1. */
  readonly scale?: number;
}

interface EncodingRule {
  readonly publisher: string | null;
  readonly models: RegExp;
  readonly encoding: ModelEncoding;
}

const O200K: ModelEncoding = { encoding: 'o200k_base', exact: true };
const CL100K: ModelEncoding = { encoding: 'cl100k_base', exact: true };

/**
 * The first rule that fits holds. Exact: the model-to-encoding table of OpenAI's tiktoken and, for
 * gpt-oss, its o200k_harmony (the ranks of o200k_base). Scales: token totals of the models' published
 * tokenizers over 34 public prompt files, mostly English and code, against the encoding named here.
 */
const RULES: readonly EncodingRule[] = [
  {
    publisher: 'openai',
    models: /^(?:ft:)?(?:chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|o[1-4](?:-|$))/,
    encoding: O200K,
  },
  {
    publisher: 'openai',
    models:
      /^(?:ft:)?(?:gpt-4(?:-|$)|gpt-3\.5-|gpt-35-|text-embedding-(?:3|ada)|(?:davinci|babbage)-002)/,
    encoding: CL100K,
  },
  {
    publisher: 'openai',
    models: /./,
    encoding: guess(
      'OpenAI has not published this model’s encoding; counted with o200k_base, its newest one',
    ),
  },
  {
    publisher: 'anthropic',
    models: /opus-4[.-][789]|(?:opus|sonnet|haiku)-(?:[5-9]|\d\d)(?!\d)|fable|mythos/,
    encoding: guess(
      'no public tokenizer; counted with o200k_base × 1.35: Anthropic says that models from Claude Opus 4.7 on make 1 to 1.35 times the tokens of the ones before, so this is the upper figure',
      'o200k_base',
      1.35,
    ),
  },
  {
    publisher: 'anthropic',
    models: /./,
    encoding: guess(
      'no public tokenizer; counted with o200k_base, which was within 7 % of the last tokenizer Anthropic published (Claude 2)',
    ),
  },
  {
    publisher: 'google',
    models: /./,
    encoding: guess(
      'counted with o200k_base × 1.07: what Google’s published Gemma 3 vocabulary gave on prompt files (1.02 to 1.14)',
      'o200k_base',
      1.07,
    ),
  },
  {
    publisher: 'meta',
    models: /^(?:meta-)?llama-?2|codellama/,
    encoding: guess(
      'counted with cl100k_base; Llama 2’s vocabulary is smaller, so it makes more tokens',
      'cl100k_base',
    ),
  },
  {
    publisher: 'meta',
    models: /./,
    encoding: guess(
      'counted with cl100k_base, which Llama 3’s vocabulary extends: within 1 % on English prompt files, too high in other languages',
      'cl100k_base',
    ),
  },
  {
    publisher: 'microsoft',
    models: /^phi-?4(?!-mini|-multimodal)/,
    encoding: guess(
      'counted with cl100k_base: Phi-4’s report names tiktoken’s 100,000-token vocabulary',
      'cl100k_base',
    ),
  },
  {
    publisher: 'qwen',
    models: /./,
    encoding: guess(
      'counted with cl100k_base × 1.01, which Qwen’s vocabulary extends: 0.99 to 1.03 on prompt files',
      'cl100k_base',
      1.01,
    ),
  },
  {
    publisher: 'deepseek',
    models: /./,
    encoding: guess(
      'counted with o200k_base × 1.02: what DeepSeek V3’s vocabulary gave on prompt files (0.96 to 1.05)',
      'o200k_base',
      1.02,
    ),
  },
];

const UNKNOWN: ModelEncoding = guess('the model’s tokenizer is not known; counted with o200k_base');

/** The encoding of a model id in any spelling. Needs no catalogue; what is unknown is an estimate. */
export function findEncoding(id: string | null | undefined | ModelId): ModelEncoding {
  const model = typeof id === 'object' && id !== null ? id : parseModelId(id);
  const rule = RULES.find(
    ({ publisher, models }) => publisher === model.publisher && models.test(model.name),
  );
  return rule?.encoding ?? UNKNOWN;
}

function guess(
  basis: string,
  encoding: ModelEncoding['encoding'] = 'o200k_base',
  scale?: number,
): ModelEncoding {
  return { encoding, exact: false, basis, ...(scale === undefined ? {} : { scale }) };
}
