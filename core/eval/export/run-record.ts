import type { Json } from '../../prompt/node.ts';
import { LineMap } from '../../text.ts';
import { rowToJson } from '../ids.ts';
import type { Answer, ModelError } from '../model.ts';
import { nameCases } from '../plan/name-case.ts';
import { listJobs, type Plan } from '../plan/plan.ts';
import type { CaseSummary, Summary } from '../report/summary.ts';
import { redactEvent } from '../run/redaction.ts';
import type { AnswerEvent, EvaluatorResult, Outcome, RunEvent, ScoreEvent } from '../run-event.ts';

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
  /** The test file of the row, from the project root; absent for rows of the prompt file. */
  readonly file?: string;
  /** Line of the row in the prompt file, starting at 1; absent for rows of test files. */
  readonly line?: number;
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly results: readonly EvaluatorResult[];
  readonly answer?: Answer;
  readonly error?: ModelError;
  readonly cached: boolean;
  /** USD of the answer; null = unknown. */
  readonly cost: number | null;
}

/** A finished run for export. */
export interface RunRecord {
  /** The path for display. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly summary: Summary;
  readonly cases: readonly CaseSummary[];
  /** Judged jobs, in the order of the file's rows, then models, then repeats. */
  readonly jobs: readonly JobRecord[];
}

/**
 * Joins a run's events with its plan. A later event of a job replaces the earlier one. `hidden` removes
 * secrets from all texts.
 */
export async function recordRun(
  about: Pick<RunRecord, 'path' | 'summary' | 'cases'>,
  plan: Plan,
  events: AsyncIterable<RunEvent>,
  hidden: (text: string) => string,
): Promise<RunRecord> {
  const answers = new Map<string, AnswerEvent>();
  const scores = new Map<string, ScoreEvent>();
  for await (const kept of events) {
    const event = redactEvent(kept, hidden);
    if (event.t === 'answer') answers.set(event.job, event);
    if (event.t === 'score') scores.set(event.job, event);
  }
  const textsHidden = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? hidden(value) : value;
  const { document } = plan;
  const lines = new LineMap(document.text);
  const names = nameCases(plan.cases, hidden);
  const place = new Map(plan.cases.map(({ id }, i) => [id, i]));
  const jobs = [...listJobs(plan)].flatMap(({ id, case: item, model, repeat }): JobRecord[] => {
    const score = scores.get(id);
    if (!score) return [];
    const { answer, error, cached = false, cost = 0 } = answers.get(id) ?? {};
    const { file, span } = item.row;
    const where = file === undefined ? { line: lines.position(span.start).line + 1 } : { file };
    return [
      {
        case: item.id,
        name: names.get(item.id) ?? item.id,
        model: model.id,
        repeat,
        tags: item.tags,
        row: JSON.parse(JSON.stringify(rowToJson(item.row)), textsHidden),
        ...where,
        outcome: score.outcome,
        score: score.score,
        results: score.results,
        cached,
        cost,
        ...(answer ? { answer } : {}),
        ...(error ? { error } : {}),
      },
    ];
  });
  jobs.sort((a, b) => (place.get(a.case) ?? 0) - (place.get(b.case) ?? 0));
  return {
    ...about,
    name: hidden(document.name?.source ?? ''),
    description: hidden(document.description?.source ?? ''),
    jobs,
  };
}

/** The name of a job, with its model and repeat if the run has several. */
export function formatJobName(job: JobRecord, { run }: Summary): string {
  const model = run.models.length > 1 ? ` · ${job.model}` : '';
  const repeat = run.repeat > 1 ? ` · repeat ${job.repeat + 1}` : '';
  return `${job.name}${model}${repeat}`;
}

/** Lists why a job did not pass, one line each. */
export function listReasons({ error, results, outcome }: JobRecord): string[] {
  if (error) return [error.message];
  const failed = results.filter(
    (result) => result.error !== undefined || (result.passed === false && result.weight > 0),
  );
  const lines = failed.map((result) => `${result.name}: ${result.error ?? result.detail}`);
  if (lines.length === 0 && outcome === 'failed')
    return ['the score is below the case’s threshold'];
  return lines;
}
