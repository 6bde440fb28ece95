import type { ParameterName } from './document.ts';

/** Top-level keys of the format, aliases included. A test compares this list with the schema. */
export const TOP_LEVEL_KEYS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'model',
  'modelParameters',
  'responseFormat',
  'response_format',
  'jsonSchema',
  'messages',
  'testData',
  'evaluators',
  'id',
  'version',
  'tags',
  'authors',
  'metadata',
  'variables',
  'testFiles',
  'variants',
  'candidates',
  'derivedMetrics',
  'acceptance',
  'budget',
]);

/** Every supported spelling of a model parameter, and its canonical name. */
export const PARAMETER_SPELLINGS: ReadonlyMap<string, ParameterName> = new Map([
  ['temperature', 'temperature'],
  ['topP', 'topP'],
  ['top_p', 'topP'],
  ['maxTokens', 'maxTokens'],
  ['max_tokens', 'maxTokens'],
  ['maxCompletionTokens', 'maxCompletionTokens'],
  ['max_completion_tokens', 'maxCompletionTokens'],
  ['presencePenalty', 'presencePenalty'],
  ['presence_penalty', 'presencePenalty'],
  ['frequencyPenalty', 'frequencyPenalty'],
  ['frequency_penalty', 'frequencyPenalty'],
  ['stop', 'stop'],
  ['seed', 'seed'],
  ['reasoningEffort', 'reasoningEffort'],
  ['reasoning_effort', 'reasoningEffort'],
]);

/** Keys under which other tools nest a row's values. */
export const ROW_NESTING: ReadonlySet<string> = new Set(['inputs', 'variables', 'vars']);

/** Fields of a request that are no one's to add: what they decide is elsewhere in the file, or ours. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'input',
  'instructions',
  'system',
  'stream',
  'stream_options',
  'n',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'store',
  'background',
  'tools',
  'tool_choice',
  'functions',
  'function_call',
  'response_format',
  'text',
  'output_config',
  'output_format',
]);
