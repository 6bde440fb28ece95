import type { ParameterName } from './document.ts';

/** Keys of the format's top level, aliases included. A test holds this list against the schema. */
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

/** Every spelling of a model parameter that is read, and its canonical name. */
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
