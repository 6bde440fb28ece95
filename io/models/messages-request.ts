import type { ModelRequest } from '#core/eval/model.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';
import { splitSystemMessages } from '#core/eval/plan/split-system-messages.ts';
import { selectClaudeEffort } from '#core/models/claude-effort.ts';
import { closeObjects } from '#core/models/close-objects.ts';
import { readSchema } from '#core/models/select-for-messages.ts';
import { type Adaptation, applyAdaptation } from './adaptation.ts';
import type { BuiltRequest } from './wire.ts';

/** A request of Anthropic's Messages API. */
export function buildMessagesRequest(request: ModelRequest, adaptation: Adaptation): BuiltRequest {
  const { model, connection } = request;
  const selected = selectSent(request);
  // The limit has one name here.
  const { parameters, changes } = applyAdaptation(selected.parameters, {
    ...adaptation,
    renamesLimit: false,
  });
  const { system, messages, changes: moved } = splitSystemMessages(model, request.messages);
  const fields = {
    max_tokens: parameters.maxCompletionTokens ?? parameters.maxTokens,
    system,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    stop_sequences: parameters.stop === undefined ? undefined : [parameters.stop].flat(),
    thinking: buildThinking(request, adaptation),
    output_config: buildOutput(request, parameters.reasoningEffort),
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
    changes: [...selected.changes, ...moved, ...changes],
  };
}

function buildThinking(
  { model, parameters: { reasoningEffort } }: ModelRequest,
  { omitted }: Adaptation,
): object | undefined {
  if (reasoningEffort === undefined || omitted.has('reasoningEffort')) return undefined;
  const { thinking } = selectClaudeEffort(model, reasoningEffort);
  return thinking === null ? undefined : { type: thinking };
}

function buildOutput(
  { responseFormat, jsonSchema }: ModelRequest,
  effort: string | undefined,
): object | undefined {
  const schema = responseFormat === 'json_schema' ? readSchema(jsonSchema) : undefined;
  if (effort === undefined && schema === undefined) return undefined;
  const format = schema === undefined ? {} : { type: 'json_schema', schema: closeObjects(schema) };
  return {
    ...(effort === undefined ? {} : { effort }),
    ...(schema === undefined ? {} : { format }),
  };
}
