/** Who makes a model: the publisher's canonical name, its other spellings, and how its models' names begin. */
export interface Publisher {
  readonly name: string;
  readonly aliases: readonly string[];
  /** A bare model name that matches is this publisher's. */
  readonly models: RegExp;
}

/** Canonical names are those of the base format's catalogue where it had the publisher. */
export const PUBLISHERS: readonly Publisher[] = [
  {
    name: 'openai',
    aliases: [],
    models:
      /^(?:gpt-|gpt3|gpt4|o\d(?:-|$)|chatgpt|codex-|text-embedding-|computer-use|davinci|babbage|curie|ada$|text-|ft:|whisper|tts-|dall-e)/,
  },
  { name: 'anthropic', aliases: ['claude'], models: /^claude/ },
  {
    name: 'google',
    aliases: ['gemini', 'google-ai', 'googleai'],
    models: /^(?:gemini|gemma|codegemma|learnlm|palm)/,
  },
  {
    name: 'mistral-ai',
    aliases: ['mistral', 'mistralai'],
    models:
      /^(?:mistral|ministral|codestral|mixtral|pixtral|magistral|devstral|voxtral|mathstral|open-mi)/,
  },
  { name: 'meta', aliases: ['meta-llama', 'facebook'], models: /^(?:meta-)?(?:code)?llama/ },
  { name: 'microsoft', aliases: [], models: /^(?:phi|mai-|wizardlm)/ },
  { name: 'deepseek', aliases: ['deepseek-ai'], models: /^deepseek/ },
  { name: 'xai', aliases: ['x-ai'], models: /^grok/ },
  {
    name: 'cohere',
    aliases: ['cohereforai', 'coherelabs'],
    models: /^(?:cohere-|command|c4ai|aya)/,
  },
  { name: 'ai21-labs', aliases: ['ai21', 'ai21labs'], models: /^(?:ai21-|jamba)/ },
  { name: 'core42', aliases: [], models: /^jais/ },
  { name: 'qwen', aliases: ['alibaba', 'dashscope'], models: /^(?:qwen|qwq|qvq|codeqwen)/ },
  { name: 'moonshotai', aliases: ['moonshot', 'kimi'], models: /^(?:kimi|moonshot)/ },
  {
    name: 'zai',
    aliases: ['z-ai', 'zai-org', 'zhipuai', 'zhipu', 'thudm'],
    models: /^(?:glm|chatglm)/,
  },
  { name: 'minimax', aliases: ['minimaxai'], models: /^minimax/ },
  { name: 'amazon', aliases: [], models: /^(?:amazon-)?(?:nova-|titan-)/ },
  { name: 'nvidia', aliases: [], models: /^nemotron/ },
  { name: 'ibm', aliases: ['ibm-granite'], models: /^granite/ },
  { name: 'perplexity', aliases: ['perplexityai'], models: /^sonar/ },
];

/** Services that serve models of several publishers; as a prefix they say where a call goes. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['github', 'github-models'],
  ['github-models', 'github-models'],
  ['github_models', 'github-models'],
  ['azure', 'azure'],
  ['azure_ai', 'azure'],
  ['azure-ai', 'azure'],
  ['azureopenai', 'azure'],
  ['azure-openai', 'azure'],
  ['bedrock', 'aws'],
  ['aws', 'aws'],
  ['vertex', 'vertex'],
  ['vertex_ai', 'vertex'],
  ['vertexai', 'vertex'],
  ['openrouter', 'openrouter'],
  ['groq', 'groq'],
  ['together', 'together'],
  ['together_ai', 'together'],
  ['togetherai', 'together'],
  ['fireworks', 'fireworks'],
  ['fireworks_ai', 'fireworks'],
  ['cerebras', 'cerebras'],
  ['novita', 'novita'],
  ['baseten', 'baseten'],
  ['github-copilot', 'github-copilot'],
  ['copilot', 'github-copilot'],
  ['huggingface', 'huggingface'],
  ['hf', 'huggingface'],
  ['ollama', 'ollama'],
  ['ollama_chat', 'ollama'],
  ['lmstudio', 'local'],
  ['lm_studio', 'local'],
  ['vllm', 'local'],
  ['local', 'local'],
  ['custom', 'custom'],
]);

const BY_NAME: ReadonlyMap<string, string> = new Map(
  PUBLISHERS.flatMap(({ name, aliases }) => [name, ...aliases].map((a) => [a, name] as const)),
);

/** The service a prefix names, or null. */
export function findHost(prefix: string): string | null {
  return HOSTS.get(prefix.toLowerCase()) ?? null;
}

/** The publisher a prefix names, or null for one that we do not know. */
export function findPublisherByPrefix(prefix: string): string | null {
  return BY_NAME.get(prefix.toLowerCase()) ?? null;
}

/** Who makes a model of this bare name, by how the name begins. */
export function findPublisher(name: string): string | null {
  const lower = name.toLowerCase();
  return PUBLISHERS.find(({ models }) => models.test(lower))?.name ?? null;
}

/** All spellings of a publisher's name, the canonical one first. */
export function listSpellings(publisher: string): readonly string[] {
  const known = PUBLISHERS.find(({ name }) => name === publisher);
  return known ? [known.name, ...known.aliases] : [publisher];
}
