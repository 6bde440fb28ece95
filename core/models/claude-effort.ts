import { parseModelId } from './model-id.ts';

/** How a prompt's `reasoningEffort` is said to the Messages API. */
export interface ClaudeEffort {
  /** `output_config.effort`; null = it is not sent. */
  readonly effort: string | null;
  /** The type of `thinking`; null = the model's default. */
  readonly thinking: 'adaptive' | 'between_tools' | 'disabled' | null;
  /** One clause that says why something else than the prompt's word is sent; null = it is sent as meant. */
  readonly reason: string | null;
}

interface Family {
  readonly models: RegExp;
  /** From the lowest to the highest; none = it has no such setting. */
  readonly efforts: readonly string[];
  /** When it thinks, and what turns that off where something does. */
  readonly thinks: 'always' | 'by-default' | 'on-request';
  readonly off?: 'between_tools' | 'disabled';
}

const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

/**
 * The first that fits holds. Sources: https://platform.claude.com/docs/en/build-with-claude/effort and
 * https://platform.claude.com/docs/en/build-with-claude/thinking (checked on 2026-12-01).
 */
const FAMILIES: readonly Family[] = [
  { models: /opus-5[.-]5|fable|mythos/, efforts: EFFORTS, thinks: 'always' },
  { models: /sonnet-5[.-]5/, efforts: EFFORTS, thinks: 'by-default', off: 'between_tools' },
  { models: /(?:opus|sonnet|haiku)-5/, efforts: EFFORTS, thinks: 'by-default', off: 'disabled' },
  { models: /opus-4[.-][78]/, efforts: EFFORTS, thinks: 'on-request' },
  {
    models: /(?:opus|sonnet)-4[.-]6/,
    efforts: EFFORTS.filter((effort) => effort !== 'xhigh'),
    thinks: 'on-request',
  },
  { models: /opus-4[.-]5/, efforts: ['low', 'medium', 'high'], thinks: 'on-request' },
  { models: /-4(?:[.@-]|$)|claude-(?:[1-3]|v[12]|instant)/, efforts: [], thinks: 'on-request' },
];

/** Claude's models that think when asked with the type `adaptive`; before them it took a budget. */
const ADAPTIVE = /(?:opus|sonnet)-4[.-]6|opus-4[.-][78]/;

/** Models that nothing is known of: newer ones of Anthropic's behave like the newest, others as the interface says. */
const NEWER: Family = { models: /./, efforts: EFFORTS, thinks: 'always' };
const FOREIGN: Family = { models: /./, efforts: EFFORTS, thinks: 'by-default', off: 'disabled' };

/** What is sent for a `reasoningEffort`. A word that is none of the usual ones is sent as it is. */
export function selectClaudeEffort(id: string, wanted: string): ClaudeEffort {
  const { publisher, name } = parseModelId(id);
  const known = FAMILIES.find(({ models }) => models.test(name));
  const family = publisher === 'anthropic' ? (known ?? NEWER) : FOREIGN;
  if (wanted === 'none') return turnOff(id, family);
  const { efforts } = family;
  if (efforts.length === 0)
    return { effort: null, thinking: null, reason: `${id} has no setting of its effort` };
  const thinking = ADAPTIVE.test(name) ? 'adaptive' : null;
  const effort = wanted === 'minimal' ? 'low' : lower(wanted, efforts);
  const reason =
    effort === wanted ? null : `${id} takes ${efforts.join(', ')}, and ${effort} is sent`;
  return { effort, thinking, reason };
}

function turnOff(id: string, { thinks, off }: Family): ClaudeEffort {
  if (thinks === 'on-request') return { effort: null, thinking: null, reason: null };
  if (off === undefined)
    return { effort: 'low', thinking: null, reason: `${id} always thinks, and low is sent` };
  return { effort: null, thinking: off, reason: `\`thinking\` of the type ${off} is sent instead` };
}

/** The level itself, or the next lower one that the model has. */
function lower(wanted: string, efforts: readonly string[]): string {
  const rank = EFFORTS.indexOf(wanted);
  if (rank < 0 || efforts.includes(wanted)) return wanted;
  return efforts.findLast((effort) => EFFORTS.indexOf(effort) < rank) ?? wanted;
}
