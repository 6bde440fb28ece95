import { expectOutput, findOutputLimit } from '../../models/expected-output.ts';
import { findSentSchema, TOKENS_PER_MESSAGE, TOKENS_PER_REPLY } from '../../tokens/counts.ts';
import type { Figure } from '../../tokens/figure.ts';
import { formatJobId } from '../ids.ts';
import type { ModelRequest } from '../model.ts';
import type { Case, Plan } from '../plan/plan.ts';
import { buildRequest } from '../plan/request.ts';
import type { ModelTarget, RunPorts } from '../ports.ts';
import {
  type ExpectedCall,
  expectAnswerCall,
  expectJudgeCall,
  priceCall,
} from './expected-calls.ts';
import type { CallForecast } from './forecast-calls.ts';
import { findJudge, listJudges } from './judges.ts';
import type { EarlierPart } from './run-options.ts';

export interface RunEstimate {
  /** Calls to make, without cached answers. */
  readonly calls: { readonly answers: number; readonly judges: number };
  readonly kept: number;
  /** Answers that the run has already, where it is resumed. */
  readonly stored: number;
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
  /** What the calls are expected to be; default: without traffic settings and earlier runs. */
  readonly forecast?: CallForecast;
  /** True if the answer to a request is cached. */
  isCached?(request: ModelRequest): boolean;
  /** What the run has done already, where it is resumed. */
  readonly earlier?: Pick<EarlierPart, 'isDone' | 'findAnswer'>;
}

/** Estimates the calls, tokens and cost of a run before its first call. */
export function estimateRun(
  plan: Plan,
  ports: Pick<RunPorts, 'countTokens' | 'costOf'>,
  options: RunEstimateOptions = {},
): RunEstimate {
  const tally = new Tally(ports, findSentSchema(plan.document));
  const limit = findOutputLimit(plan.document.parameters);
  const { output, judgeCost } = options.forecast ?? {
    output: () => expectOutput({ limit }),
    judgeCost: null,
  };
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
      const jobs = listRepeats(plan, item, plan.models[i], options);
      tally.stored += jobs.stored;
      const kept = countCached(s.request, jobs.asked, options);
      tally.kept += kept;
      const expected = output(model).tokens;
      const input = tally.count(s.request.messages, model);
      tally.add(
        'answers',
        model,
        expectAnswerCall(input, expected, limit),
        jobs.asked.length - kept,
      );
      for (const judge of item.evaluators.map((e) => findJudge(e, plan.judge)))
        if (judge !== null)
          tally.add('judges', judge, expectJudgeCall(expected, judgeCost), jobs.judged);
    });
  }
  const tested = new Set(plan.models.map((m) => m.id));
  return {
    calls: tally.calls,
    kept: tally.kept,
    stored: tally.stored,
    unsendable,
    skipped: plan.cases.filter((item) => item.skip).length,
    tokens: { input: tally.input, output: tally.output },
    exact: tally.exact,
    cost: tally.unknown.size > 0 ? null : tally.cost,
    unknownPrices: [...tally.unknown],
    selfJudged: listJudges(plan).filter((model) => tested.has(model)),
  };
}

interface Repeats {
  /** Those to ask, counted from 0. */
  readonly asked: readonly number[];
  /** The number of those to judge. */
  readonly judged: number;
  /** The number of those that have an answer already. */
  readonly stored: number;
}

/** What is left to do of a case and a model. */
function listRepeats(
  plan: Plan,
  item: Case,
  model: ModelTarget | undefined,
  { earlier }: RunEstimateOptions,
): Repeats {
  const all = Array.from({ length: plan.repeat }, (_, repeat) => repeat);
  if (!earlier || !model) return { asked: all, judged: all.length, stored: 0 };
  const idOf = (repeat: number) => formatJobId({ case: item.id, model: model.id, repeat });
  const open = all.filter((repeat) => !earlier.isDone(idOf(repeat)));
  const asked = open.filter((repeat) => !earlier.findAnswer(idOf(repeat)));
  return { asked, judged: open.length, stored: all.length - asked.length };
}

/** The number of repeats of a request whose answer is cached. */
function countCached(
  request: ModelRequest,
  repeats: readonly number[],
  { isCached }: RunEstimateOptions,
): number {
  if (!isCached) return 0;
  return repeats.filter((repeat) => isCached({ ...request, why: { ...request.why, repeat } }))
    .length;
}

class Tally {
  readonly calls = { answers: 0, judges: 0 };
  kept = 0;
  stored = 0;
  input = 0;
  output: Figure = { min: 0, median: 0, max: 0 };
  cost: Figure = { min: 0, median: 0, max: 0 };
  exact = true;
  readonly unknown = new Set<string>();
  readonly #ports: Pick<RunPorts, 'countTokens' | 'costOf'>;
  readonly #schema: string | null;

  /** `schema` is sent with each call; null = none. */
  constructor(ports: Pick<RunPorts, 'countTokens' | 'costOf'>, schema: string | null) {
    this.#ports = ports;
    this.#schema = schema;
  }

  /** What a call sends, counted as `countPrompt` does. */
  count(messages: ModelRequest['messages'], model: string): number {
    const texts = messages.map(({ content }) => content);
    if (this.#schema !== null) texts.push(this.#schema);
    let sum = TOKENS_PER_REPLY + messages.length * TOKENS_PER_MESSAGE;
    for (const text of texts) {
      const tokens = this.#ports.countTokens(text, model);
      if (tokens === null) this.exact = false;
      // If tokens cannot be counted, assume four characters per token.
      sum += tokens ?? Math.ceil(text.length / 4);
    }
    return sum;
  }

  add(kind: 'answers' | 'judges', model: string, call: ExpectedCall, times: number): void {
    if (times === 0) return;
    this.calls[kind] += times;
    this.input += call.input * times;
    this.output = addFigures(this.output, call.output, times);
    const cost = priceCall(call, (usage) => this.#ports.costOf(model, usage));
    if (cost === null) this.unknown.add(model);
    else this.cost = addFigures(this.cost, cost, times);
  }
}

function addFigures(a: Figure, b: Figure, times: number): Figure {
  return {
    min: a.min + b.min * times,
    median: a.median + b.median * times,
    max: a.max + b.max * times,
  };
}
