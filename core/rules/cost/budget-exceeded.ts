import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { forecastCost } from '../../models/cost.ts';
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
    why: '`budget` and the `maxTokens` of variables are limits that a run enforces; this rule reports a violation before the run. Tokens are counted over the test rows. Costs use the price list and assume an answer of `maxTokens`.',
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
    const cost = estimateCost(context);
    const limit = budget?.maxCostPerCall;
    if (cost && limit !== undefined && cost.call.max > limit)
      yield reportAtKey(
        context,
        'maxCostPerCall',
        `A call costs up to ${about}${usd(cost.call.max)}, but \`budget\` allows ${usd(limit)}.`,
      );
    const perRun = budget?.maxCostPerRun;
    if (cost?.goldenSet != null && perRun !== undefined && cost.goldenSet > perRun)
      yield reportAtKey(
        context,
        'maxCostPerRun',
        `A run of the ${counts.rows} test rows costs ${about}${usd(cost.goldenSet)}, but \`budget\` allows ${usd(perRun)}.`,
      );
    yield* values(context, about);
  },
};

function estimateCost({ prompt, models, counts }: RuleContext) {
  const model = models?.find(prompt.model);
  if (!model || !counts) return null;
  const { maxCompletionTokens, maxTokens = maxCompletionTokens } = prompt.parameters;
  return forecastCost(model, {
    input: counts.call,
    cacheablePrefix: counts.cacheablePrefix,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    // Some of the rows do not show the cost of the whole run.
    ...(counts.cases.length === counts.rows && counts.rows > 0
      ? { cases: counts.cases.map((one) => one.tokens) }
      : {}),
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
