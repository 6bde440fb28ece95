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
