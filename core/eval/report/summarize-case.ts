import type { ScoredJob } from './job-result.ts';
import { averageMetrics, summarizeRepeats } from './summarize-repeats.ts';
import type { CaseSummary } from './summary.ts';

/** Summarizes the scored jobs of a case, all of one model. There must be at least one. */
export function summarizeCase(id: string, jobs: readonly ScoredJob[]): CaseSummary {
  const hasMetrics = jobs.some(({ metrics = [] }) => metrics.length > 0);
  const group = jobs.find((job) => job.group !== undefined)?.group;
  return {
    id,
    tags: [],
    ...(group === undefined ? {} : { group }),
    ...summarizeRepeats(jobs.map(({ score }) => score)),
    ...(hasMetrics ? { metrics: averageMetrics(jobs) } : {}),
    observations: jobs.flatMap(({ score: { outcome }, repeat, answeredAt = '' }) =>
      outcome === 'passed' || outcome === 'failed'
        ? [{ id: `${repeat} ${answeredAt}`, passed: outcome === 'passed' }]
        : [],
    ),
  };
}
