import { formatDuration } from '../../format-duration.ts';
import { formatPercent } from '../../format-percent.ts';
import { formatTime } from '../../format-time.ts';
import { formatDollars } from '../../models/figures.ts';
import { describeChanges } from './change-log.ts';
import { describeAnswerTokens, describeCost } from './describe-cost.ts';
import type { AnswerSources, Summary } from './summary.ts';

/** A name and what it is, both for people. */
export type Fact = readonly [name: string, text: string];

/** What a run cost: what it was expected to cost, what it did, its tokens and times. */
export function listCostFacts(summary: Summary): Fact[] {
  const { totals, latency, durationMs, passedCost, run, early, answers } = summary;
  const facts: Fact[] = [['Cost', capitalize(describeCost(summary).replace(/^cost /, ''))]];
  if (passedCost !== null && !run.replay)
    facts.push(['Cost per passed case', formatDollars(passedCost)]);
  facts.push(['Tokens of the answers', describeAnswerTokens(totals)]);
  facts.push(['Time', formatDuration(durationMs)]);
  if (latency)
    facts.push([
      'Latency',
      `p50 ${formatDuration(latency.p50)}, p95 ${formatDuration(latency.p95)}${latency.firstToken === null ? '' : `, first token ${formatDuration(latency.firstToken)}`}`,
    ]);
  if (early)
    facts.push([
      'Stopped early',
      `the verdict is certain; ${early.calls} ${early.calls === 1 ? 'call' : 'calls'}${early.cost === null ? '' : `, ≈ ${formatDollars(early.cost)}`} saved`,
    ]);
  facts.push(['Answers', describeSources(answers)]);
  return facts;
}

/** What identifies a run, and figures that no criterion is about. `servedBy`: models that the providers reported. */
export function listRunFacts(summary: Summary, servedBy: readonly string[]): Fact[] {
  const { run, tries, metrics, totals } = summary;
  const means = Object.entries(metrics).map(([name, mean]) => `${name} ${mean.toFixed(2)}`);
  return [
    ...(tries
      ? ([
          [
            `pass@${tries.k}, pass^${tries.k}`,
            `${formatPercent(tries.any)}, ${formatPercent(tries.all)}`,
          ],
        ] as const)
      : []),
    ...(means.length > 0 ? ([['Mean scores', means.join(', ')]] as const) : []),
    ...(totals.skipped > 0 ? ([['Skipped cases', String(totals.skipped)]] as const) : []),
    ['Models', run.models.join(', ')],
    ...describeChanges(summary.results).map((text): Fact => ['Requests', text]),
    ...(servedBy.length > 0 ? ([['Answered by', servedBy.join(', ')]] as const) : []),
    ...(run.judge === undefined ? [] : ([['Judge', run.judge]] as const)),
    ...(run.repeat > 1 ? ([['Repeats', String(run.repeat)]] as const) : []),
    ...(run.shard === undefined ? [] : ([['Shard', run.shard]] as const)),
    ['Run', `${run.id}, ${formatTime(run.at)}`],
    ['Program', run.tool],
  ];
}

/** `30 by the model, 18 from the cache; the oldest of 28 Nov 2026, 03:52 UTC`. */
export function describeSources({
  model,
  cache,
  recording,
  sample,
  oldest,
}: AnswerSources): string {
  const parts = [
    [model, 'by the model'],
    [cache, 'from the cache'],
    [recording, 'from recordings'],
    [sample, 'written by hand'],
  ] as const;
  const text = parts.flatMap(([n, where]) => (n > 0 ? [`${n} ${where}`] : [])).join(', ');
  const age =
    oldest !== null && cache + recording > 0 ? `; the oldest of ${formatTime(oldest)}` : '';
  return `${text || 'none'}${age}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
