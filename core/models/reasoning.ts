import type { ParameterName, Parameters } from '../prompt/document.ts';
import { type ModelId, parseModelId } from './model-id.ts';

/** What a reasoning model does with sampling parameters. */
export interface ReasoningLimits {
  /** Parameters it does not take. */
  readonly parameters: readonly ParameterName[];
  /** `rejected`: the call fails with 400. `ignored`: the call works, the parameter does nothing. */
  readonly effect: 'rejected' | 'ignored';
  /** True when a parameter's default (temperature 1, penalties 0) passes. */
  readonly takesDefaults: boolean;
  /** True when the model takes them after all with `reasoningEffort: none`. */
  readonly exceptWithoutReasoning: boolean;
  /** The effort it reasons with when none is given; `none` = it does not reason. */
  readonly defaultEffort: 'none' | 'some';
  /** True when the output limit must be `maxCompletionTokens`: `maxTokens` is rejected. */
  readonly needsMaxCompletionTokens: boolean;
  /** The values of `reasoningEffort` that it takes; absent = not documented. */
  readonly efforts?: readonly string[];
  readonly source: string;
  readonly checkedOn: string;
}

/** One parameter that a model does not take as it stands. */
export interface ReasoningConflict {
  readonly parameter: ParameterName;
  readonly effect: 'rejected' | 'ignored';
  /** The parameter to use in its place. */
  readonly instead?: ParameterName;
}

const SAMPLING: readonly ParameterName[] = [
  'temperature',
  'topP',
  'presencePenalty',
  'frequencyPenalty',
];
const DEFAULTS: Partial<Record<ParameterName, number>> = {
  temperature: 1,
  topP: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
};

const OPENAI: ReasoningLimits = {
  parameters: SAMPLING,
  effect: 'rejected',
  takesDefaults: true,
  exceptWithoutReasoning: false,
  defaultEffort: 'some',
  needsMaxCompletionTokens: true,
  source: 'https://learn.microsoft.com/azure/ai-services/openai/how-to/reasoning',
  checkedOn: '2026-11-21',
};

/** "Not supported with latest reasoning models `o3` and `o4-mini`"; GPT-5 refuses `stop` in the same words. */
const OPENAI_WITHOUT_STOP: ReasoningLimits = {
  ...OPENAI,
  parameters: [...SAMPLING, 'stop'],
  source: 'https://developers.openai.com/api/reference/resources/chat',
  checkedOn: '2026-12-01',
};

const OPENAI_LATER: ReasoningLimits = {
  ...OPENAI_WITHOUT_STOP,
  exceptWithoutReasoning: true,
  source: 'https://developers.openai.com/api/docs/guides/latest-model',
};

function withEfforts(limits: ReasoningLimits, efforts: string): ReasoningLimits {
  return { ...limits, efforts: efforts.split(' '), checkedOn: '2026-12-01' };
}

interface ReasoningRule {
  readonly publisher: string;
  readonly models: RegExp;
  readonly limits: ReasoningLimits | null;
}

/** The first rule that fits holds. */
const RULES: readonly ReasoningRule[] = [
  // The chat models behind ChatGPT: gpt-5-chat samples; of the later ones nothing is documented.
  { publisher: 'openai', models: /^gpt-5(?:\.\d)?-chat/, limits: null },
  {
    publisher: 'openai',
    models: /^o1(?:-|$)|^o3-mini/,
    limits: withEfforts(OPENAI, 'low medium high'),
  },
  {
    publisher: 'openai',
    models: /^o\d(?:-|$)/,
    limits: withEfforts(OPENAI_WITHOUT_STOP, 'low medium high'),
  },
  { publisher: 'openai', models: /^gpt-5-pro/, limits: withEfforts(OPENAI_WITHOUT_STOP, 'high') },
  {
    publisher: 'openai',
    models: /^gpt-5(?:-|$)/,
    limits: withEfforts(OPENAI_WITHOUT_STOP, 'minimal low medium high'),
  },
  {
    publisher: 'openai',
    models: /^gpt-5\.\d-(?:pro|codex)/,
    limits: withEfforts(OPENAI_WITHOUT_STOP, 'low medium high xhigh'),
  },
  {
    publisher: 'openai',
    models: /^gpt-5\.1(?:-|$)/,
    limits: withEfforts({ ...OPENAI_LATER, defaultEffort: 'none' }, 'none low medium high'),
  },
  {
    publisher: 'openai',
    models: /^gpt-5\.[2-4](?:-|$)/,
    limits: withEfforts({ ...OPENAI_LATER, defaultEffort: 'none' }, 'none low medium high xhigh'),
  },
  {
    publisher: 'openai',
    models: /^gpt-5\.5(?:-|$)/,
    limits: withEfforts(OPENAI_LATER, 'none low medium high xhigh'),
  },
  {
    publisher: 'openai',
    models: /^gpt-(?:5\.[6-9]|6)(?!-astra)(?:-|$)|^gpt-6\.1-terra/,
    limits: withEfforts(OPENAI_LATER, 'none low medium high xhigh max'),
  },
  // The newest ones always reason; what is newer still is taken to behave like them.
  {
    publisher: 'openai',
    models: /^gpt-(?:[6-9]|\d\d)(?:\.\d+)?(?:-|$)/,
    limits: withEfforts(OPENAI_WITHOUT_STOP, 'low medium high xhigh max'),
  },
  {
    publisher: 'anthropic',
    models: /opus-4[.-][789]|(?:opus|sonnet|haiku)-(?:[5-9]|\d\d)(?!\d)|fable|mythos/,
    limits: {
      parameters: ['temperature', 'topP'],
      effect: 'rejected',
      takesDefaults: false,
      exceptWithoutReasoning: false,
      defaultEffort: 'some',
      needsMaxCompletionTokens: false,
      source: 'https://platform.claude.com/docs/en/about-claude/models/migration-guide',
      checkedOn: '2026-11-21',
    },
  },
  {
    publisher: 'deepseek',
    models: /^deepseek-(?:reasoner|v[4-9])/,
    limits: {
      parameters: SAMPLING,
      effect: 'ignored',
      takesDefaults: true,
      exceptWithoutReasoning: false,
      defaultEffort: 'some',
      needsMaxCompletionTokens: false,
      source: 'https://api-docs.deepseek.com/guides/thinking_mode',
      checkedOn: '2026-11-21',
    },
  },
  { publisher: 'xai', models: /non-reasoning/, limits: null },
  {
    publisher: 'xai',
    models: /^grok-(?:[4-9]|3-mini)/,
    limits: {
      parameters: ['presencePenalty', 'frequencyPenalty', 'stop'],
      effect: 'rejected',
      takesDefaults: false,
      exceptWithoutReasoning: false,
      defaultEffort: 'some',
      needsMaxCompletionTokens: false,
      source: 'https://docs.x.ai/docs/guides/reasoning',
      checkedOn: '2026-11-21',
    },
  },
];

/** The limits of a reasoning model; null for models that sample, and for those nothing is documented of. */
export function findReasoningLimits(id: string | ModelId): ReasoningLimits | null {
  const { publisher, name } = typeof id === 'string' ? parseModelId(id) : id;
  // A fine-tuned model is like the one it was made from.
  const own = name.replace(/^ft:/, '');
  const rule = RULES.find((one) => one.publisher === publisher && one.models.test(own));
  return rule?.limits ?? null;
}

/** False for models that fail when a `temperature` is sent: most that reason before they answer. */
export function acceptsTemperature(id: string | ModelId): boolean {
  const limits = findReasoningLimits(id);
  return limits?.effect !== 'rejected' || !limits.parameters.includes('temperature');
}

/** What of these parameters the model does not take, in the order of `Parameters`. */
export function findReasoningConflicts(
  limits: ReasoningLimits,
  parameters: Parameters,
): ReasoningConflict[] {
  const effort = parameters.reasoningEffort ?? limits.defaultEffort;
  const samples = limits.exceptWithoutReasoning && effort === 'none';
  const conflicts: ReasoningConflict[] = [];
  for (const parameter of samples ? [] : limits.parameters) {
    const value = parameters[parameter];
    if (value === undefined || (limits.takesDefaults && value === DEFAULTS[parameter])) continue;
    conflicts.push({ parameter, effect: limits.effect });
  }
  if (limits.needsMaxCompletionTokens && parameters.maxTokens !== undefined) {
    conflicts.push({ parameter: 'maxTokens', effect: 'rejected', instead: 'maxCompletionTokens' });
  }
  return conflicts;
}
