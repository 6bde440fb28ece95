import type { ModelRequest } from '#core/eval/model.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';
import type { Json } from '#core/prompt/node.ts';
import { type Adaptation, applyAdaptation } from './adaptation.ts';
import { splitDeployment } from './split-deployment.ts';
import type { BuiltRequest } from './wire.ts';

/** A request of OpenAI's Responses API. */
export function buildResponsesRequest(request: ModelRequest, adaptation: Adaptation): BuiltRequest {
  const { model, messages, connection } = request;
  const selected = selectSent(request);
  // The limit has one name here.
  const { parameters, changes } = applyAdaptation(selected.parameters, {
    ...adaptation,
    renamesLimit: false,
  });
  const added = { ...connection?.body, ...parameters.extra };
  const { reasoningEffort: effort } = parameters;
  const format = buildFormat(request);
  const [address = ''] = (connection?.address ?? '').split('?', 1);
  const fields = {
    max_output_tokens: parameters.maxCompletionTokens ?? parameters.maxTokens,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    // A project may ask for a summary of the reasoning beside the effort of the prompt.
    reasoning: effort === undefined ? undefined : { ...pickObject(added.reasoning), effort },
    text: format === undefined ? undefined : { format },
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    body: {
      ...added,
      // This interface has no address for each deployment of Azure: the deployment is the model.
      model: splitDeployment(address).deployment ?? model,
      // In the order of the file: `instructions` would put every system message before the others.
      input: messages.map(({ role, content }) => ({ role, content })),
      // By default the provider keeps prompts and answers for a month.
      store: false,
      stream: adaptation.stream,
      ...Object.fromEntries(given),
    },
    changes: [...selected.changes, ...changes],
  };
}

/** The name, the schema and `strict` stand beside the type, not in a wrapper of their own. */
function buildFormat({ responseFormat, jsonSchema }: ModelRequest): object | undefined {
  if (responseFormat === 'json_schema') return { ...pickObject(jsonSchema), type: 'json_schema' };
  return responseFormat === 'json_object' ? { type: 'json_object' } : undefined;
}

function pickObject(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}
