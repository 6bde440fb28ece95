import type { Figure } from '../../tokens/figure.ts';
import type { ModelRequest } from '../model.ts';
import type { Plan } from '../plan/plan.ts';
import { buildRequest } from '../plan/request.ts';
import type { RunPorts } from '../ports.ts';
import { findJudge, listJudges } from './judges.ts';

export interface RunEstimate {
  /** Calls to make, without cached answers. */
  readonly calls: { readonly answers: number; readonly judges: number };
  readonly kept: number;
  /** The number of cases that cannot be sent (a placeholder without a value), and of skipped cases. */
  readonly unsendable: number;
  readonly skipped: number;
  readonly tokens: { readonly input: number; readonly output: Figure };
  /** False if the tokens of a model had to be estimated. */
  readonly exact: boolean;
  /** USD; null if a price is unknown. */
  readonly cost: Figure | null;
  readonly unknownPrices: readonly string[];
  /** Models under test that are also judges, and so grade themselves. */
  readonly selfJudged: readonly string[];
}

export interface RunEstimateOptions {
  /** The expected output tokens of an answer, from an earlier run or the traffic settings. */
  readonly outputTokens?: number;
  /** True if the answer to a request is cached. */
  isCached?(request: ModelRequest): boolean;
}

/** The default output tokens of an answer, and the factor for the longest one. */
const DEFAULT_OUTPUT = 300;
const MAX_OUTPUT_FACTOR = 4;
/** Tokens of a judge besides the answer: its instructions and a short reply. */
const JUDGE_INPUT = 300;
const JUDGE_OUTPUT: Figure = { min: 1, median: 60, max: 300 };

/** Estimates the calls, tokens and cost of a run before its first call. */
export function estimateRun(
  plan: Plan,
  ports: Pick<RunPorts, 'countTokens' | 'costOf'>,
  options: RunEstimateOptions = {},
): RunEstimate {
  const tally = new Tally(ports);
  const answer = estimateOutput(plan, options);
  let unsendable = 0;
  for (const item of plan.cases) {
    if (item.skip) continue;
    const sent = plan.models.map((model) =>
      buildRequest(plan, { id: '', case: item, model, repeat: 0 }),
    );
    if (sent.some((s) => 'error' in s)) unsendable++;
    sent.forEach((s, i) => {
      if ('error' in s) return;
      const model = plan.models[i]?.id ?? '';
      const kept = countCached(s.request, plan.repeat, options);
      tally.kept += kept;
      const calls = plan.repeat - kept;
      tally.add('answers', model, tally.count(s.request.messages, model), answer, calls);
      for (const judge of item.evaluators.map((e) => findJudge(e, plan.judge))) {
        if (judge === null) continue;
        tally.add('judges', judge, JUDGE_INPUT + answer.median, JUDGE_OUTPUT, plan.repeat);
      }
    });
  }
  const tested = new Set(plan.models.map((m) => m.id));
  return {
    calls: tally.calls,
    kept: tally.kept,
    unsendable,
    skipped: plan.cases.filter((item) => item.skip).length,
    tokens: { input: tally.input, output: tally.output },
    exact: tally.exact,
    cost: tally.unknown.size > 0 ? null : tally.cost,
    unknownPrices: [...tally.unknown],
    selfJudged: listJudges(plan).filter((model) => tested.has(model)),
  };
}

/** The number of cached repeats of a request. */
function countCached(
  request: ModelRequest,
  repeats: number,
  { isCached: isKept }: RunEstimateOptions,
): number {
  let kept = 0;
  for (let repeat = 0; isKept && repeat < repeats; repeat++)
    if (isKept({ ...request, why: { ...request.why, repeat } })) kept++;
  return kept;
}

function estimateOutput({ document }: Plan, { outputTokens }: RunEstimateOptions): Figure {
  const { maxTokens, maxCompletionTokens } = document.parameters;
  const most = maxCompletionTokens ?? maxTokens;
  const median = Math.min(outputTokens ?? DEFAULT_OUTPUT, most ?? Number.POSITIVE_INFINITY);
  return { min: 1, median, max: most ?? MAX_OUTPUT_FACTOR * median };
}

class Tally {
  readonly calls = { answers: 0, judges: 0 };
  kept = 0;
  input = 0;
  output: Figure = { min: 0, median: 0, max: 0 };
  cost: Figure = { min: 0, median: 0, max: 0 };
  exact = true;
  readonly unknown = new Set<string>();
  readonly #ports: Pick<RunPorts, 'countTokens' | 'costOf'>;

  constructor(ports: Pick<RunPorts, 'countTokens' | 'costOf'>) {
    this.#ports = ports;
  }

  count(messages: ModelRequest['messages'], model: string): number {
    let sum = 3;
    for (const { content } of messages) {
      const tokens = this.#ports.countTokens(content, model);
      if (tokens === null) this.exact = false;
      // If tokens cannot be counted, assume four characters per token.
      sum += 4 + (tokens ?? Math.ceil(content.length / 4));
    }
    return sum;
  }

  add(
    kind: 'answers' | 'judges',
    model: string,
    input: number,
    output: Figure,
    times: number,
  ): void {
    this.calls[kind] += times;
    this.input += input * times;
    this.output = addFigures(this.output, output, times);
    const price = (tokens: number) => this.#ports.costOf(model, { input, output: tokens });
    const [min, median, max] = [price(output.min), price(output.median), price(output.max)];
    if (min === null || median === null || max === null) this.unknown.add(model);
    else this.cost = addFigures(this.cost, { min, median, max }, times);
  }
}

function addFigures(a: Figure, b: Figure, times: number): Figure {
  return {
    min: a.min + b.min * times,
    median: a.median + b.median * times,
    max: a.max + b.max * times,
  };
}
