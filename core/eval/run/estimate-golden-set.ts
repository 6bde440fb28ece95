import type { PromptDocument, Row } from '../../prompt/document.ts';
import type { Counter } from '../../tokens/counter.ts';
import { countPrompt, type PromptCounts } from '../../tokens/counts.ts';
import type { Usage } from '../model.ts';
import { HOLDOUT } from '../plan/holdout.ts';
import { expandVariants } from '../plan/variants.ts';
import type { RunPorts } from '../ports.ts';
import { expectAnswerCall, expectJudgeCall, priceCall } from './expected-calls.ts';
import type { CallForecast } from './forecast-calls.ts';
import { findJudge } from './judges.ts';

/** What the estimate needs besides the prompt. */
export interface GoldenSetSources {
  /** Counts of the prompt over its rows. */
  readonly counts: PromptCounts;
  /** Counts the rows that `variants` add; null = their cost is unknown. */
  readonly counter: Counter | null;
  /** Of more rows than this, the variants are not counted, and the cost is unknown; default: no limit. */
  readonly maxVariedRows?: number | undefined;
  readonly forecast: CallForecast;
  /** The default judge. */
  readonly judge: string | undefined;
  readonly repeat: number | undefined;
  costOf: RunPorts['costOf'];
}

/**
 * USD of one evaluation of a prompt on its own model, judges included: what `estimateRun` says of its default
 * plan without cached answers, from counts that are known already. Null when a price is unknown, when there
 * are no golden cases, or when only some of them were counted.
 */
export function estimateGoldenSet(
  prompt: PromptDocument,
  sources: GoldenSetSources,
): number | null {
  const { model, variants } = prompt;
  const { counter, maxVariedRows, repeat = 1, judge = null } = sources;
  if (model === null || prompt.rows.length === 0) return null;
  if (variants.length > 0 && prompt.rows.length > (maxVariedRows ?? prompt.rows.length))
    return null;
  const rows =
    variants.length === 0
      ? prompt.rows
      : expandVariants(variants, prompt.rows).map(({ row }) => row);
  const counts =
    variants.length === 0 ? sources.counts : counter && countPrompt({ ...prompt, rows }, counter);
  if (!counts || counts.cases.length !== rows.length) return null;

  const expected = sources.forecast.output(model).tokens;
  const judgeCall = expectJudgeCall(expected, sources.forecast.judgeCost);
  const judgeCosts = new Map<string, number | null>();
  const priceJudges = (evaluators: PromptDocument['evaluators']): number | null => {
    let sum = 0;
    for (const evaluator of evaluators) {
      const id = findJudge(evaluator, judge);
      if (id === null) continue;
      const priceOf = (usage: Usage) => sources.costOf(id, usage);
      const cost = judgeCosts.get(id) ?? priceCall(judgeCall, priceOf)?.median ?? null;
      judgeCosts.set(id, cost);
      if (cost === null) return null;
      sum += cost;
    }
    return sum;
  };

  const isSent = createSelection(prompt, rows);
  const shared = priceJudges(prompt.evaluators);
  let sum = 0;
  for (const { row: index, tokens } of counts.cases) {
    const row = rows[index];
    if (!row || !isSent(row)) continue;
    const { input, output } = expectAnswerCall(tokens, expected, undefined);
    const answer = sources.costOf(model, { input, output: output.median });
    const own = row.meta.evaluators.length === 0 ? 0 : priceJudges(row.meta.evaluators);
    if (answer === null || shared === null || own === null) return null;
    sum += answer + shared + own;
  }
  return sum * Math.max(1, Math.floor(repeat));
}

/** Which rows an evaluation sends: not skipped, not held out, those marked `only`, with all their values. */
function createSelection(
  { messages, variables }: PromptDocument,
  rows: readonly Row[],
): (row: Row) => boolean {
  const defaults = new Set(variables.flatMap((v) => (v.defaultNode ? [v.name] : [])));
  const names = messages.flatMap(({ content }) => content?.placeholders ?? []);
  const needed = [...new Set(names.map(({ value: _, ...placeholder }) => placeholder.name))].filter(
    (name) => !defaults.has(name),
  );
  const hasOnly = rows.some(({ meta }) => meta.only && !meta.skip);
  return ({ meta, values }) =>
    !meta.skip &&
    !meta.tags.includes(HOLDOUT) &&
    (!hasOnly || meta.only) &&
    needed.every((name) => values.has(name));
}
