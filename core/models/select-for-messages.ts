import type { Parameters } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';
import { selectClaudeEffort } from './claude-effort.ts';
import { closeObjects } from './close-objects.ts';
import { parseModelId } from './model-id.ts';
import { findLimits } from './model-limits.ts';
import type { RequestChange } from './request-change.ts';

/** The highest `temperature` of the Messages API; the format allows 2. */
const MAX_TEMPERATURE = 1;

/** The output limit for a model that none is documented of: every Claude since 3.5 takes it. */
const DEFAULT_LIMIT = 8192;

/**
 * Claude's models that refuse `temperature` and `top_p` together.
 * Source: https://platform.claude.com/docs/en/about-claude/models/migration-guide (checked on 2026-12-01).
 */
const ONE_OF_BOTH = /opus-4[.-]1|-4[.-][56]/;

type Sent = { -readonly [K in keyof Parameters]?: Parameters[K] };

/** The parameters that the Messages API takes of a prompt, and what is changed about them. */
export function selectForMessages(
  model: string,
  given: Parameters,
  jsonSchema?: Json,
): { readonly parameters: Parameters; readonly changes: readonly RequestChange[] } {
  const sent: Sent = { ...given };
  const changes = [
    ...selectSampling(model, sent),
    ...selectStop(sent),
    ...selectEffort(model, sent),
    ...selectLimit(model, sent),
    ...describeSchema(jsonSchema),
  ];
  return { parameters: sent as Parameters, changes };
}

function selectSampling(model: string, sent: Sent): RequestChange[] {
  const changes: RequestChange[] = [];
  if ((sent.temperature ?? 0) > MAX_TEMPERATURE) {
    sent.temperature = MAX_TEMPERATURE;
    const reason = `the Messages API takes ${MAX_TEMPERATURE} at most, and ${MAX_TEMPERATURE} is sent`;
    changes.push({ key: 'temperature', effect: 'translated', reason });
  }
  const { publisher, name } = parseModelId(model);
  const isEither = publisher === 'anthropic' && ONE_OF_BOTH.test(name);
  if (isEither && sent.temperature !== undefined && sent.topP !== undefined) {
    delete sent.topP;
    const reason = `${model} takes temperature or topP, not both`;
    changes.push({ key: 'topP', effect: 'left-out', reason });
  }
  return changes;
}

function selectStop(sent: Sent): RequestChange[] {
  if (sent.stop === undefined) return [];
  const all = [sent.stop].flat();
  const stop = all.filter((text) => text.trim() !== '');
  if (stop.length === all.length) return [];
  if (stop.length === 0) delete sent.stop;
  else sent.stop = stop;
  const reason = 'the Messages API takes no stop sequence of white space alone';
  return [{ key: 'stop', effect: stop.length === 0 ? 'left-out' : 'translated', reason }];
}

function selectEffort(model: string, sent: Sent): RequestChange[] {
  const wanted = sent.reasoningEffort;
  if (wanted === undefined) return [];
  const { effort, thinking, reason } = selectClaudeEffort(model, wanted);
  if (effort === null) delete sent.reasoningEffort;
  else sent.reasoningEffort = effort;
  const isSent = effort !== null || thinking !== null;
  const changes: RequestChange[] =
    reason === null
      ? []
      : [{ key: 'reasoningEffort', effect: isSent ? 'translated' : 'left-out', reason }];
  if (thinking !== 'adaptive') return changes;
  for (const key of ['temperature', 'topP'] as const) {
    if (sent[key] === undefined || sent[key] === 1) continue;
    delete sent[key];
    changes.push({
      key,
      effect: 'left-out',
      reason: `${model} does not take it while it thinks, which reasoningEffort asks for`,
    });
  }
  return changes;
}

function selectLimit(model: string, sent: Sent): RequestChange[] {
  if (sent.maxTokens !== undefined || sent.maxCompletionTokens !== undefined) return [];
  const documented = findLimits(parseModelId(model)).maxOutput;
  sent.maxTokens = documented ?? DEFAULT_LIMIT;
  const whose = documented === null ? '' : `, the most that ${model} writes,`;
  const reason = `the Messages API needs a limit, and ${sent.maxTokens}${whose} is sent`;
  return [{ key: 'maxTokens', effect: 'translated', reason }];
}

function describeSchema(wrapper: Json | undefined): RequestChange[] {
  const schema = readSchema(wrapper);
  if (schema === undefined || closeObjects(schema) === schema) return [];
  const reason =
    'the Messages API takes objects without further properties only, and additionalProperties: false is added';
  return [{ key: 'jsonSchema', effect: 'translated', reason }];
}

/** The schema in the wrapper `{name, strict?, schema}`. */
export function readSchema(wrapper: Json | undefined): Json | undefined {
  const isWrapper = typeof wrapper === 'object' && wrapper !== null && !Array.isArray(wrapper);
  return isWrapper ? (wrapper as Readonly<Record<string, Json>>).schema : undefined;
}
