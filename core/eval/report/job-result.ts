import type { AnswerEvent, AnswerSource, RunEvent, ScoreEvent } from '../run-event.ts';
import type { JobScore, MetricScore } from './summarize-repeats.ts';

/** What a report keeps of a job: figures, not its answer. */
export interface JobResult {
  readonly model: string;
  readonly case: string;
  readonly repeat: number;
  answered?: boolean;
  cached?: boolean;
  source?: AnswerSource;
  answeredAt?: string;
  latencyMs?: number;
  /** Tokens, if known. */
  input?: number;
  output?: number;
  firstTokenMs?: number;
  cost?: number | null;
  score?: JobScore;
  group?: string;
  metrics?: readonly MetricScore[];
  /** Metrics of which a score is missing. */
  missingMetrics?: readonly string[];
}

export type ScoredJob = JobResult & Required<Pick<JobResult, 'score'>>;

export function isScored(job: JobResult): job is ScoredJob {
  return job.score !== undefined;
}

/** Reads what a report needs of an answer. `isReplay`: older versions do not name the source. */
export function readAnswer(event: AnswerEvent, isReplay: boolean): Partial<JobResult> {
  const { answer, cached, cost, source, answeredAt } = event;
  if (!answer) return { answered: false, cached, cost };
  const { latencyMs, firstTokenMs, servedBy } = answer;
  return {
    answered: true,
    cached,
    cost,
    latencyMs,
    ...(answer.usage ? { input: answer.usage.input, output: answer.usage.output } : {}),
    source: source ?? guessSource(cached, isReplay, servedBy),
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
  };
}

function guessSource(cached: boolean, isReplay: boolean, servedBy: string): AnswerSource {
  if (!cached) return 'model';
  if (!isReplay) return 'cache';
  return servedBy.endsWith('(sample answer)') ? 'sample' : 'recording';
}

export function readScore({ results, score, outcome, group }: ScoreEvent): Partial<JobResult> {
  const metrics: MetricScore[] = [];
  const missingMetrics: string[] = [];
  for (const { metric, score: value, error } of results) {
    if (metric === undefined) continue;
    if (value !== null) metrics.push([metric, value]);
    else if (error !== undefined) missingMetrics.push(metric);
  }
  return {
    score: { score, outcome },
    metrics,
    missingMetrics,
    ...(group === undefined ? {} : { group }),
  };
}

/** What a run has consumed, added up over its events: an answer that is asked again costs twice. */
export class Consumption {
  #input = 0;
  #output = 0;
  #unknownTokens = 0;
  #cost: number | null = 0;
  #unknownCalls = 0;
  #calls = 0;
  #charged: number | undefined;
  #judges = { calls: 0, cost: 0 };

  add(event: RunEvent): void {
    if (event.t === 'answer') {
      const { answer, cached, cost, attempts, broken } = event;
      this.#calls += attempts;
      this.#unknownCalls += broken ?? (!answer && cost === null ? 1 : 0);
      if (answer?.usage) {
        this.#input += answer.usage.input;
        this.#output += answer.usage.output;
      } else if (answer) this.#unknownTokens++;
      if (answer && !cached) this.#spend(cost);
      const charged = cached ? undefined : answer?.usage?.charged;
      if (charged !== undefined) this.#charged = (this.#charged ?? 0) + charged;
    } else if (event.t === 'score') {
      this.#unknownCalls += event.broken ?? 0;
      for (const { cost } of event.results) {
        this.#spend(cost);
        if (!cost) continue;
        const { calls, cost: sum } = this.#judges;
        this.#judges = { calls: calls + 1, cost: sum + cost };
      }
    }
  }

  read() {
    return {
      tokens: { input: this.#input, output: this.#output, unknown: this.#unknownTokens },
      cost: this.#cost,
      unknownCalls: this.#unknownCalls,
      calls: this.#calls,
      ...(this.#judges.calls === 0 ? {} : { judges: this.#judges }),
      ...(this.#charged === undefined ? {} : { charged: this.#charged }),
    };
  }

  #spend(cost: number | null): void {
    this.#cost = this.#cost === null || cost === null ? null : this.#cost + cost;
  }
}
