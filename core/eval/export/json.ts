import { formatJson } from '../../printing/json.ts';
import { type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/**
 * Renders a run as JSON: the fields of its summary, what the report says, and every case with its answers;
 * several runs under `runs`.
 */
export function renderJsonReport(records: readonly RunRecord[]): string {
  const all = records.map(describeRun);
  return `${formatJson(all.length === 1 ? all[0] : { v: 1, runs: all })}\n`;
}

function describeRun({ report, cases, acceptance, comparisons, models, jobs }: RunRecord): object {
  const { summary, result, conclusion, steps, missing, slices } = report;
  const [first] = summary.run.models;
  const [only] = comparisons;
  const compared =
    comparisons.length > 1 ? { comparisons } : only === undefined ? {} : { comparison: only };
  const byCase = groupByCase(jobs);
  const facts = new Map(report.cases.map((one) => [one.id, one]));
  return {
    ...summary,
    result,
    conclusion,
    steps,
    acceptance,
    results: report.models.map(({ comparison: _, ...rest }) => rest),
    ...compared,
    ...(models.length > 0 ? { models } : {}),
    ...(missing.length > 0
      ? {
          missing: missing.map(({ cases: lost, ...rest }) => ({
            ...rest,
            cases: lost.map(({ id }) => id),
          })),
        }
      : {}),
    ...(slices.length > 0 ? { slices } : {}),
    cases: cases.map((one) => {
      const { name, file, line, input, expected } = facts.get(one.id) ?? {};
      const answers = byCase.get(`${one.id}|${one.model ?? first}`) ?? [];
      return {
        ...one,
        ...(name === undefined
          ? {}
          : { name, file, line, input: Object.fromEntries(input ?? []), expected }),
        answers: answers.map(describeAnswer),
      };
    }),
  };
}

function groupByCase(jobs: readonly JobRecord[]): ReadonlyMap<string, readonly JobRecord[]> {
  const groups = new Map<string, JobRecord[]>();
  for (const job of jobs) {
    const key = `${job.case}|${job.model}`;
    const group = groups.get(key);
    if (group) group.push(job);
    else groups.set(key, [job]);
  }
  return groups;
}

function describeAnswer(job: JobRecord): object {
  const { repeat, outcome, score, answer, fault, error, results, source, answeredAt, cost } = job;
  return {
    repeat: repeat + 1,
    outcome,
    score,
    text: answer?.text ?? null,
    finishReason: answer?.finishReason ?? null,
    fault,
    reasons: listReasons(job),
    checks: results,
    ...(error ? { error } : {}),
    latencyMs: answer?.latencyMs ?? null,
    firstTokenMs: answer?.firstTokenMs ?? null,
    usage: answer?.usage ?? null,
    cost,
    source,
    answeredAt,
    servedBy: answer?.servedBy ?? null,
  };
}
