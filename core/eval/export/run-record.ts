import type { Json } from '../../prompt/node.ts';
import type { Comparison } from '../compare/comparison.ts';
import { rowToJson } from '../ids.ts';
import type { Answer, ModelError } from '../model.ts';
import { listJobs } from '../plan/plan.ts';
import type { AcceptanceResult } from '../report/acceptance.ts';
import type { CaseFacts } from '../report/case-facts.ts';
import { CaseLog } from '../report/case-log.ts';
import { formatReason, listFailureReasons } from '../report/list-failures.ts';
import { buildRunReport, type RunReport, type RunReportSources } from '../report/run-report.ts';
import type { CaseSummary, Summary } from '../report/summary.ts';
import { redactEvent } from '../run/redaction.ts';
import type {
  AnswerEvent,
  AnswerFault,
  AnswerSource,
  EvaluatorResult,
  Outcome,
  RunEvent,
  ScoreEvent,
} from '../run-event.ts';

/** One judged call of a run with all its details. */
export interface JobRecord {
  readonly case: string;
  /** What the case is called for display. */
  readonly name: string;
  readonly model: string;
  /** Counts from 0. */
  readonly repeat: number;
  readonly tags: readonly string[];
  /** The row's values, without `$case`. */
  readonly row: Readonly<Record<string, Json>>;
  readonly file: string;
  /** Line of the row in its file, starting at 1; null if it is not known. */
  readonly line: number | null;
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly results: readonly EvaluatorResult[];
  readonly fault: AnswerFault | null;
  readonly answer?: Answer;
  readonly error?: ModelError;
  readonly cached: boolean;
  readonly source: AnswerSource | null;
  /** When the model gave the answer (ISO 8601), if known. */
  readonly answeredAt: string | null;
  /** USD of the answer; null = unknown. */
  readonly cost: number | null;
}

/** A finished run for export: its report, and every call of it. */
export interface RunRecord {
  readonly report: RunReport;
  readonly description: string;
  readonly cases: readonly CaseSummary[];
  readonly acceptance: AcceptanceResult;
  /** With the baseline, by model. */
  readonly comparisons: readonly Comparison[];
  /** The other models compared with the first. */
  readonly models: readonly Comparison[];
  /** Judged jobs, in the order of the file's rows, then models, then repeats. */
  readonly jobs: readonly JobRecord[];
}

/** What a record is made of, besides the events of the run. */
export type RecordSources = Omit<RunReportSources, 'log'>;

/** Reads a run's events into a record. A later event of a job replaces the earlier one. */
export async function recordRun(
  sources: RecordSources,
  events: AsyncIterable<RunEvent>,
): Promise<RunRecord> {
  const { plan, hidden, cases, acceptance, comparisons, models } = sources;
  const log = new CaseLog(Number.POSITIVE_INFINITY);
  const answers = new Map<string, AnswerEvent>();
  const scores = new Map<string, ScoreEvent>();
  for await (const kept of events) {
    const event = redactEvent(kept, hidden);
    log.add(event);
    if (event.t === 'answer') answers.set(event.job, event);
    if (event.t === 'score') scores.set(event.job, event);
  }
  const report = buildRunReport({ ...sources, log });
  const known = new Map<string, CaseFacts>(report.cases.map((one) => [one.id, one]));
  const place = new Map(plan.cases.map(({ id }, i) => [id, i]));
  const jobs = [...listJobs(plan)].flatMap(({ id, case: item, model, repeat }): JobRecord[] => {
    const score = scores.get(id);
    const about = known.get(item.id);
    if (!score || !about) return [];
    const { answer, error, cached = false, cost = 0, source, answeredAt } = answers.get(id) ?? {};
    return [
      {
        case: item.id,
        name: about.name,
        model: model.id,
        repeat,
        tags: item.tags,
        row: hideRow(rowToJson(item.row), sources),
        file: about.file,
        line: about.line,
        outcome: score.outcome,
        score: score.score,
        results: score.results,
        fault: score.fault ?? null,
        cached,
        source: source ?? null,
        answeredAt: answeredAt ?? null,
        cost,
        ...(answer ? { answer } : {}),
        ...(error ? { error } : {}),
      },
    ];
  });
  jobs.sort((a, b) => (place.get(a.case) ?? 0) - (place.get(b.case) ?? 0));
  const description = hidden(plan.document.description?.source ?? '');
  return { report, description, cases, acceptance, comparisons, models, jobs };
}

/** A row without secrets, and without the values that are not shown. */
function hideRow(
  row: Readonly<Record<string, Json>>,
  { hidden, redacted = [] }: Pick<RecordSources, 'hidden' | 'redacted'>,
): Record<string, Json> {
  return JSON.parse(
    JSON.stringify(row, (key, value: unknown) => {
      if (redacted.includes(key)) return `[redacted: ${key}]`;
      return typeof value === 'string' ? hidden(value) : value;
    }),
  ) as Record<string, Json>;
}

/** The name of a job, with its model and repeat if the run has several. */
export function formatJobName(job: JobRecord, { run }: Pick<Summary, 'run'>): string {
  const model = run.models.length > 1 ? ` · ${job.model}` : '';
  const repeat = run.repeat > 1 ? ` · repeat ${job.repeat + 1}` : '';
  return `${job.name}${model}${repeat}`;
}

/** Lists why a job did not pass, one line each; nothing for one that passed. */
export function listReasons({ outcome, results, fault, error }: JobRecord): string[] {
  if (outcome !== 'failed' && outcome !== 'errored') return [];
  const failed = results.filter(
    (result) => result.error !== undefined || (result.passed === false && result.weight > 0),
  );
  return listFailureReasons({
    outcome,
    results: failed,
    ...(fault ? { fault: fault.message } : {}),
    ...(error ? { error } : {}),
  }).map(formatReason);
}
