import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ModelRequest } from '#core/eval/model.ts';
import { isReasoningModel } from '#core/eval/reasoning-model.ts';

/** A request in the spelling of the chat completions interface. `withUsage` asks for token counts. */
export function openaiRequest(
  request: ModelRequest,
  withUsage: boolean,
): ChatCompletionCreateParamsStreaming {
  const { model, messages, parameters, responseFormat, jsonSchema } = request;
  const { temperature, topP, maxTokens, maxCompletionTokens, presencePenalty } = parameters;
  const { frequencyPenalty, stop, seed, reasoningEffort } = parameters;
  const asCompletion = maxCompletionTokens ?? (isReasoningModel(model) ? maxTokens : undefined);
  const fields = {
    temperature,
    top_p: topP,
    max_tokens: asCompletion === undefined ? maxTokens : undefined,
    max_completion_tokens: asCompletion,
    presence_penalty: presencePenalty,
    frequency_penalty: frequencyPenalty,
    stop,
    seed,
    reasoning_effort: reasoningEffort,
    response_format: formatOf(responseFormat, jsonSchema),
    stream_options: withUsage ? { include_usage: true } : undefined,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const body = { model, messages, stream: true, ...Object.fromEntries(given) };
  // Values come from the file as they are: the provider says what it does not take.
  return body as ChatCompletionCreateParamsStreaming;
}

function formatOf(
  format: string | undefined,
  schema: ModelRequest['jsonSchema'],
): object | undefined {
  if (format === 'json_schema') return { type: 'json_schema', json_schema: schema };
  return format === 'json_object' ? { type: 'json_object' } : undefined;
}
