import type { ParameterName, Parameters } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';
import { API_NAMES, type ModelApi } from './model-api.ts';
import { findReasoningConflicts, findReasoningLimits, type ReasoningLimits } from './reasoning.ts';
import type { RequestChange } from './request-change.ts';
import { selectForMessages } from './select-for-messages.ts';

/** What a project's settings say of a model that its name does not tell, such as a deployment's. */
export interface ModelTraits {
  /** It reasons before it answers. */
  readonly reasons?: boolean;
  /** False: a call that has `temperature` fails. */
  readonly takesTemperature?: boolean;
}

type Sent = { -readonly [K in keyof Parameters]?: Parameters[K] };

/** What decides which parts of a prompt are sent. */
export interface SentParts {
  readonly api: ModelApi;
  /** The model's id, in any spelling. */
  readonly model: string;
  readonly parameters: Parameters;
  readonly responseFormat?: string;
  /** The wrapper `{name, strict?, schema}`. */
  readonly jsonSchema?: Json;
  readonly traits?: ModelTraits;
}

/** Parameters that an interface has no field for. */
const UNKNOWN: Readonly<Record<ModelApi, readonly ParameterName[]>> = {
  chat: [],
  responses: ['presencePenalty', 'frequencyPenalty', 'stop', 'seed'],
  messages: ['presencePenalty', 'frequencyPenalty', 'seed'],
  vscode: [
    'temperature',
    'topP',
    'maxTokens',
    'maxCompletionTokens',
    'presencePenalty',
    'frequencyPenalty',
    'stop',
    'seed',
    'reasoningEffort',
  ],
};

/**
 * The lowest output limit of the Responses API: it refuses `max_output_tokens: 5` with "Expected a value >= 16".
 */
const MIN_RESPONSES_LIMIT = 16;

/**
 * The parameters that are sent, and what is changed about the prompt: the interface has no field for it, or the
 * model would refuse the call.
 */
export function selectParameters(parts: SentParts): {
  readonly parameters: Parameters;
  readonly changes: readonly RequestChange[];
} {
  const { api, model, parameters, responseFormat, traits = {} } = parts;
  const sent: Sent = { ...parameters };
  const changes: RequestChange[] = [];
  const leaveOut = (key: ParameterName, reason: string): void => {
    if (sent[key] === undefined) return;
    delete sent[key];
    changes.push({ key, effect: 'left-out', reason });
  };
  for (const key of UNKNOWN[api]) leaveOut(key, `${API_NAMES[api]} has no such parameter`);
  if (traits.takesTemperature === false)
    leaveOut('temperature', `${model} does not take it, according to the settings`);
  if (api === 'responses') changes.push(...raiseLimit(sent));
  const limits = findModelLimits(model, traits);
  const conflicts = limits === null ? [] : findReasoningConflicts(limits, sent as Parameters);
  for (const { parameter, effect, instead } of conflicts) {
    if (instead === 'maxCompletionTokens' && sent.maxTokens !== undefined) {
      sent.maxCompletionTokens ??= sent.maxTokens;
      delete sent.maxTokens;
      if (api === 'chat')
        changes.push({
          key: 'maxTokens',
          effect: 'renamed',
          reason: `${model} takes max_completion_tokens instead`,
        });
    } else if (effect === 'rejected') leaveOut(parameter, `${model} does not support it`);
  }
  const format = describeFormatChange(api, responseFormat);
  const formats = format === null ? [] : [format];
  if (api !== 'messages')
    return { parameters: sent as Parameters, changes: [...changes, ...formats] };
  const schema = responseFormat === 'json_schema' ? parts.jsonSchema : undefined;
  const own = selectForMessages(model, sent as Parameters, schema);
  return { parameters: own.parameters, changes: [...changes, ...own.changes, ...formats] };
}

/** The limit that is sent, the one with the longer name where both are given, is not too low for the interface. */
function raiseLimit(sent: Sent): RequestChange[] {
  const key = sent.maxCompletionTokens === undefined ? 'maxTokens' : 'maxCompletionTokens';
  const limit = sent[key] ?? MIN_RESPONSES_LIMIT;
  // What is no limit at all is the author's to mend.
  if (limit < 1 || limit >= MIN_RESPONSES_LIMIT) return [];
  sent[key] = MIN_RESPONSES_LIMIT;
  const reason = `${API_NAMES.responses} takes ${MIN_RESPONSES_LIMIT} at least, and ${MIN_RESPONSES_LIMIT} is sent`;
  return [{ key, effect: 'translated', reason }];
}

/** A change as one clause, for notes and messages. */
export function describeChange({ key, effect, reason }: RequestChange): string {
  return effect === 'left-out' ? `${key} is not sent: ${reason}` : `${key} is changed: ${reason}`;
}

/** A deployment that is said to reason is taken to be one of OpenAI's models, which refuse the most. */
function findModelLimits(model: string, { reasons }: ModelTraits): ReasoningLimits | null {
  return findReasoningLimits(model) ?? (reasons ? findReasoningLimits('openai/o3') : null);
}

function describeFormatChange(api: ModelApi, format: string | undefined): RequestChange | null {
  if (api === 'messages' && format === 'json_object') {
    const reason = `${API_NAMES.messages} takes a JSON schema only; use json_schema`;
    return { key: 'responseFormat', effect: 'left-out', reason };
  }
  const isSent = api !== 'vscode' || format === undefined || format === 'text';
  return isSent
    ? null
    : {
        key: 'responseFormat',
        effect: 'left-out',
        reason: `${API_NAMES.vscode} has no response format`,
      };
}
