import type { ModelRequest } from '#core/eval/model.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';
import { findPreset } from '#core/models/presets.ts';
import { type Adaptation, applyAdaptation } from './adaptation.ts';
import type { BuiltRequest } from './wire.ts';

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

/** A request of Chat Completions in the spelling of the service it goes to. */
export function buildChatRequest(request: ModelRequest, adaptation: Adaptation): BuiltRequest {
  const { model, messages, responseFormat, jsonSchema, connection } = request;
  const dialect = DIALECTS[findPreset(request.origin) ?? ''] ?? {};
  const selected = selectSent(request);
  const { parameters, changes } = applyAdaptation(selected.parameters, adaptation);
  const { maxTokens, maxCompletionTokens } = parameters;
  const most = dialect.onlyMaxTokens ? (maxCompletionTokens ?? maxTokens) : maxTokens;
  const asksUsage = adaptation.stream && adaptation.asksUsage && !dialect.refusesStreamOptions;
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
    stream_options: asksUsage ? { include_usage: true } : undefined,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    body: {
      ...connection?.body,
      ...parameters.extra,
      model,
      messages,
      stream: adaptation.stream,
      ...Object.fromEntries(given),
    },
    changes: [...selected.changes, ...changes],
  };
}

function buildResponseFormat(
  format: string | undefined,
  schema: ModelRequest['jsonSchema'],
): object | undefined {
  if (format === 'json_schema') return { type: 'json_schema', json_schema: schema };
  return format === 'json_object' ? { type: 'json_object' } : undefined;
}
