import type { RequestChange } from '#core/models/request-change.ts';
import type { ParameterName, Parameters } from '#core/prompt/document.ts';

/** What a server taught about a model: how a request must differ from the usual one. */
export interface Adaptation {
  /** False: the answer comes as a whole. */
  readonly stream: boolean;
  /** False: token counts are not asked for. */
  readonly asksUsage: boolean;
  /** The other name for the output limit is sent. */
  readonly renamesLimit: boolean;
  /** Parameters that are left out, each with what the server said. */
  readonly omitted: ReadonlyMap<ParameterName, string>;
}

export const UNADAPTED: Adaptation = {
  stream: true,
  asksUsage: true,
  renamesLimit: false,
  omitted: new Map(),
};

/** The parameters that may be left out, with their names on the wire. Schema and tools are never dropped. */
const OPTIONAL: Partial<Record<ParameterName, RegExp>> = {
  temperature: /\btemperature\b/,
  topP: /\btop_?p\b/i,
  presencePenalty: /\bpresence_?penalty\b/i,
  frequencyPenalty: /\bfrequency_?penalty\b/i,
  seed: /\b(?:random_)?seed\b/,
  reasoningEffort: /\breasoning(?:_effort|\.effort)?\b|\beffort\b/,
};

const LIMIT = /\bmax_(?:completion_)?tokens\b/;
/** `stream_options` and `streaming` aside. */
const STREAM = /\bstream(?:ing)?\b/;
const USAGE = /\bstream_options\b/;
/** A value that is out of range is the author's to mend; these say that the field itself is not taken. */
const UNSUPPORTED =
  /unsupported|not supported|not support|n['’]t support|unknown|unrecogni[sz]ed|not permitted|not allowed|extra_forbidden|unexpected|cannot be (?:used|set)|must be verified|deprecated/i;

/** What the request that failed had, of what can be changed. */
export interface SentFields {
  readonly parameters: Parameters;
  readonly adaptation: Adaptation;
}

/**
 * The adaptation after a server refused a request, or null if the refusal names nothing that may be changed.
 * `error` is the error of the interface's package; `clean` takes keys out of what the server said.
 */
export function learnFrom(
  error: unknown,
  { parameters, adaptation }: SentFields,
  clean: (text: string) => string,
): Adaptation | null {
  const {
    status,
    param,
    message,
    error: body,
  } = error as {
    status?: number;
    param?: unknown;
    message?: string;
    error?: unknown;
  };
  if (status !== 400 && status !== 422) return null;
  const text = `${message ?? ''} ${body === undefined ? '' : JSON.stringify(body)}`;
  if (!UNSUPPORTED.test(text)) return null;
  // Servers name the field apart where they can: a message may mention others, too.
  const named = typeof param === 'string' && param !== '' ? param : text;
  if (adaptation.asksUsage && adaptation.stream && USAGE.test(named))
    return { ...adaptation, asksUsage: false };
  if (adaptation.stream && STREAM.test(named)) return { ...adaptation, stream: false };
  const hasLimit =
    parameters.maxTokens !== undefined || parameters.maxCompletionTokens !== undefined;
  if (hasLimit && !adaptation.renamesLimit && LIMIT.test(named))
    return { ...adaptation, renamesLimit: true };
  const said = clean(message ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  for (const [name, pattern] of Object.entries(OPTIONAL) as [ParameterName, RegExp][]) {
    if (parameters[name] === undefined || adaptation.omitted.has(name) || !pattern.test(named))
      continue;
    return { ...adaptation, omitted: new Map([...adaptation.omitted, [name, said]]) };
  }
  // A field that the server does not name: token counts are what nobody would miss.
  const isUnnamed =
    ![LIMIT, ...Object.values(OPTIONAL)].some((name) => name.test(named)) &&
    named === text &&
    !/[a-z]_[a-z]/.test(message ?? '');
  return adaptation.asksUsage && adaptation.stream && isUnnamed
    ? { ...adaptation, asksUsage: false }
    : null;
}

/** Parameters without those that the server refused, and the changes for reports. */
export function applyAdaptation(
  parameters: Parameters,
  { omitted, renamesLimit }: Adaptation,
): { readonly parameters: Parameters; readonly changes: readonly RequestChange[] } {
  const sent: { -readonly [K in keyof Parameters]?: Parameters[K] } = { ...parameters };
  const changes: RequestChange[] = [];
  for (const [key, said] of omitted) {
    if (sent[key] === undefined) continue;
    delete sent[key];
    changes.push({ key, effect: 'left-out', reason: `the server refuses it: ${said}` });
  }
  if (renamesLimit && (sent.maxTokens !== undefined || sent.maxCompletionTokens !== undefined)) {
    const isRenamed = sent.maxTokens !== undefined;
    const key = isRenamed ? 'maxTokens' : 'maxCompletionTokens';
    const other = isRenamed ? 'maxCompletionTokens' : 'maxTokens';
    const wire = isRenamed ? 'max_completion_tokens' : 'max_tokens';
    sent[other] ??= sent[key] as number;
    delete sent[key];
    changes.push({ key, effect: 'renamed', reason: `the server takes ${wire} instead` });
  }
  return { parameters: sent as Parameters, changes };
}
