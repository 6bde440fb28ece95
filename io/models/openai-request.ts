import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ModelRequest } from '#core/eval/model.ts';
import { findReasoningConflicts, findReasoningLimits } from '#core/models/reasoning.ts';
import type { ParameterName, Parameters } from '#core/prompt/document.ts';
import { findPreset } from './providers.ts';

/** How a service spells what it takes, where that is not OpenAI's way. */
interface Dialect {
  /** It knows `max_tokens` alone. */
  readonly onlyMaxTokens?: boolean;
  readonly seed?: string;
  /** It counts tokens unasked and refuses to be asked. */
  readonly refusesStreamOptions?: boolean;
}

/** By preset, from the services' references of their chat completions interface. */
const DIALECTS: Readonly<Record<string, Dialect>> = {
  mistral: { onlyMaxTokens: true, seed: 'random_seed', refusesStreamOptions: true },
  deepseek: { onlyMaxTokens: true },
  together: { onlyMaxTokens: true },
  ollama: { onlyMaxTokens: true },
  lmstudio: { onlyMaxTokens: true },
};

/** A request in the spelling of the service it goes to. `withUsage` asks for token counts. */
export function buildRequest(
  request: ModelRequest,
  withUsage: boolean,
): ChatCompletionCreateParamsStreaming {
  const { model, messages, responseFormat, jsonSchema } = request;
  const { parameters } = selectParameters(request);
  const dialect = DIALECTS[findPreset(request.origin) ?? ''] ?? {};
  const { maxTokens, maxCompletionTokens } = parameters;
  const most = dialect.onlyMaxTokens ? (maxCompletionTokens ?? maxTokens) : maxTokens;
  const fields = {
    temperature: parameters.temperature,
    top_p: parameters.topP,
    max_tokens: dialect.onlyMaxTokens || maxCompletionTokens === undefined ? most : undefined,
    max_completion_tokens: dialect.onlyMaxTokens ? undefined : maxCompletionTokens,
    presence_penalty: parameters.presencePenalty,
    frequency_penalty: parameters.frequencyPenalty,
    stop: parameters.stop,
    [dialect.seed ?? 'seed']: parameters.seed,
    reasoning_effort: parameters.reasoningEffort,
    response_format: buildResponseFormat(responseFormat, jsonSchema),
    stream_options:
      withUsage && !dialect.refusesStreamOptions ? { include_usage: true } : undefined,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const body = { model, messages, stream: true, ...Object.fromEntries(given) };
  // Values come from the file as they are: the provider says what it does not take.
  return body as ChatCompletionCreateParamsStreaming;
}

/** The parameters that are sent, and those that stay behind because the model would refuse the call. */
export function selectParameters({
  model,
  parameters,
}: Pick<ModelRequest, 'model' | 'parameters'>): {
  readonly parameters: Parameters;
  readonly left: readonly ParameterName[];
} {
  const limits = findReasoningLimits(model);
  if (!limits) return { parameters, left: [] };
  const sent: { -readonly [K in ParameterName]?: Parameters[K] } = { ...parameters };
  const left: ParameterName[] = [];
  for (const { parameter, effect, instead } of findReasoningConflicts(limits, parameters)) {
    if (instead === 'maxCompletionTokens' && parameters.maxTokens !== undefined) {
      sent.maxCompletionTokens ??= parameters.maxTokens;
      delete sent.maxTokens;
    } else if (effect === 'rejected') {
      delete sent[parameter];
      left.push(parameter);
    }
  }
  return { parameters: sent as Parameters, left };
}

function buildResponseFormat(
  format: string | undefined,
  schema: ModelRequest['jsonSchema'],
): object | undefined {
  if (format === 'json_schema') return { type: 'json_schema', json_schema: schema };
  return format === 'json_object' ? { type: 'json_object' } : undefined;
}
