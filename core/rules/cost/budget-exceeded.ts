import { estimateGoldenSet } from '../../eval/run/estimate-golden-set.ts';
import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { priceUsage } from '../../models/cost.ts';
import { findOutputLimit } from '../../models/expected-output.ts';
import { formatCount } from '../../models/figures.ts';
import { pointAt } from '../../prompt/locate.ts';
import { child, findEntry } from '../../prompt/node.ts';

export const budgetExceeded: Rule = {
  id: 'budget-exceeded',
  severity: 'warning',
  mode: 'recommended',
  group: 'cost',
  tags: ['tokens', 'cost'],
  summary: 'A call or a value exceeds a limit that the file sets',
  docs: {
    why: '`budget` and the `maxTokens` of variables are limits that a run enforces; this rule reports a violation before the run. Tokens are counted over the test rows. Costs use the price list and assume an answer of `maxTokens`; without it, only the input counts.',
    bad: `model: openai/gpt-4o
messages:
  - role: user
    content: Summarize the report in one sentence, please, and leave out all names.
budget:
  maxInputTokens: 10`,
    good: `model: openai/gpt-4o
messages:
  - role: user
    content: Summarize the report in one sentence, please, and leave out all names.
budget:
  maxInputTokens: 100`,
  },
  isReady: ({ models, counts }) => models !== null && counts !== null,
  *check(context) {
    const { prompt, counts } = context;
    if (!counts) return;
    const about = counts.exact ? '' : '≈ ';
    const { budget } = prompt;
    const tokens = budget?.maxInputTokens;
    if (tokens !== undefined && counts.call.max > tokens)
      yield reportAtKey(
        context,
        'maxInputTokens',
        `A call sends up to ${about}${formatCount(counts.call.max)} tokens, but \`budget\` allows ${formatCount(tokens)}.`,
      );
    const bound = findOutputLimit(prompt.parameters) === undefined ? 'at least' : 'up to';
    const perCall = findHighestCost(context);
    const limit = budget?.maxCostPerCall;
    if (perCall !== null && limit !== undefined && perCall > limit)
      yield reportAtKey(
        context,
        'maxCostPerCall',
        `A call costs ${bound} ${about}${usd(perCall)}, but \`budget\` allows ${usd(limit)}.`,
      );
    const run = findRunCost(context);
    const perRun = budget?.maxCostPerRun;
    if (run !== null && perRun !== undefined && run > perRun)
      yield reportAtKey(
        context,
        'maxCostPerRun',
        `A run of the ${counts.rows} test rows costs ${bound} ${about}${usd(run)}, but \`budget\` allows ${usd(perRun)}.`,
      );
    yield* values(context, about);
  },
};

/** USD of the longest call with as much output as the prompt allows; of its input alone without a limit. */
function findHighestCost({ prompt, models, counts }: RuleContext): number | null {
  const prices = models?.find(prompt.model)?.prices ?? null;
  const output = findOutputLimit(prompt.parameters) ?? 0;
  return counts && priceUsage({ input: counts.call.max, output }, prices);
}

/** USD of a run whose answers are as long as the prompt allows; null where it is unknown. */
function findRunCost({ prompt, models, counts, settings }: RuleContext): number | null {
  const tokens = findOutputLimit(prompt.parameters) ?? 0;
  if (!counts || !models) return null;
  return estimateGoldenSet(prompt, {
    counts,
    counter: null,
    forecast: { output: () => ({ tokens, basis: 'default' }), judgeCost: null },
    judge: settings.eval.judge,
    repeat: settings.eval.repeat,
    costOf: (id, usage) => priceUsage(usage, models.find(id)?.prices ?? null),
  });
}

function reportAtKey({ prompt }: RuleContext, key: string, message: string): Problem {
  const entry = findEntry(child(prompt.root, 'budget'), key);
  return { message, span: entry ? pointAt(entry) : { start: 0, end: 0 } };
}

/** Reports values that are longer than the declaration or the settings allow. */
function* values(
  { prompt, counts, settings, uses }: RuleContext,
  about: string,
): Generator<Problem> {
  const declared = new Map(prompt.variables.map((variable) => [variable.name, variable]));
  for (const [name, figure] of counts?.variables ?? []) {
    const variable = declared.get(name);
    const limit = variable?.maxTokens ?? settings.variables[name]?.maxTokens;
    if (limit === undefined || figure.max <= limit) continue;
    const span = variable?.nameSpan ?? uses.messages.get(name)?.span;
    const message = `A value of \`${name}\` has ${about}${formatCount(figure.max)} tokens, but at most ${formatCount(limit)} are allowed.`;
    if (span) yield { message, span };
  }
}

function usd(value: number): string {
  return `$${value < 0.01 ? Number(value.toPrecision(2)) : Number(value.toFixed(3))}`;
}
