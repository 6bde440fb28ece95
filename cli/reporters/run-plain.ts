import type { ListedRun } from '#app/eval/describe-runs.ts';
import type { StoredRunReport } from '#app/eval/read-run-report.ts';
import type { RunProblem } from '#core/eval/report/assess-run.ts';
import { describeEnd } from '#core/eval/report/conclude-run.ts';
import { formatPassRate } from '#core/eval/report/describe-result.ts';
import { describeSources, type Fact } from '#core/eval/report/list-run-facts.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { formatCount } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { type Terminal, wrapText } from '../terminal.ts';
import { pluralize } from './findings-plain.ts';
import { formatMoment } from './format-moment.ts';
import { printReport, type ReportDetail } from './report-plain.ts';

/** Failures that are printed; JSON has all of them. */
const MAX_FAILURES = 20;

/** Everything about one stored run: its report, what it is fit for, and what identifies it. */
export function printRun(
  listed: ListedRun,
  { report, changes, isJudged }: StoredRunReport,
  { now, detail }: { readonly now: Date; readonly detail: ReportDetail },
  terminal: Terminal,
): void {
  const title = terminal.style(escapeForTerminal(report.path), 'bold');
  terminal.print(`${title}  run ${listed.id}`);
  if (!isJudged)
    for (const line of wrapText(describeUnjudged(changes), terminal.width - 2))
      terminal.print(terminal.style(`  ${line}`, 'dim'));
  const { failures } = report;
  printReport({ ...report, failures: failures.slice(0, MAX_FAILURES) }, detail, terminal);
  if (failures.length > MAX_FAILURES)
    terminal.print(
      `  ${failures.length - MAX_FAILURES} more failures are not shown; --format json has all of them`,
    );
  terminal.print();
  printFacts(listFacts(listed, report.summary, now), terminal);
}

function describeUnjudged(changes: StoredRunReport['changes']): string {
  return changes === null
    ? 'its prompt file cannot be read, so its criteria are unknown'
    : `changed in the file since: ${changes.join(', ')}; today’s criteria do not judge this run`;
}

function listFacts(listed: ListedRun, summary: Summary, now: Date): Fact[] {
  const { run, end, totals, answers, passRate } = summary;
  const { at, isMerged, isRunning, fitness } = listed;
  const ended = end === 'done' ? 'as planned' : describeEnd(end);
  const { asked, answered } = totals.jobs;
  return [
    [isMerged ? 'Merged' : 'Began', at === null ? 'unknown' : formatMoment(at, now)],
    ...(run.mergedFrom ? ([['Merged from', run.mergedFrom.join(', ')]] as const) : []),
    ['End', isRunning ? 'a process is writing it now' : ended],
    ...(fitness
      ? ([
          ['Last result', describeUse(fitness.result)],
          ['Baseline', describeUse(fitness.baseline)],
          ['Promotion', fitness.isWhole ? WHOLE : 'no evidence: it is not whole'],
        ] as const)
      : []),
    ['Models', run.models.join(', ')],
    ...(run.judge === undefined ? [] : ([['Judge', run.judge]] as const)),
    ['Cases', `${formatCount(run.cases)}${run.repeat > 1 ? ` × ${run.repeat}` : ''}`],
    ...describeLeftOut(run),
    ['Answered', `${formatCount(answered)} of ${formatCount(asked)}`],
    ['Pass rate', passRate ? formatPassRate(passRate) : 'unknown'],
    ['Answers', describeSources(answers)],
    ...(run.replay ? [] : ([['Calls', describeCalls(totals)]] as const)),
    ['Program', run.tool],
    ['Hashes', listHashes(run)],
  ];
}

const WHOLE = 'evidence for the version that it ran, if the policy takes its answers';

function describeUse(problems: readonly RunProblem[]): string {
  return problems.length === 0 ? 'fit' : `not fit: ${problems.map(({ text }) => text).join('; ')}`;
}

function describeLeftOut({ leftOut }: Summary['run']): Fact[] {
  if (!leftOut) return [['Left out', 'unknown: an older version did not record it']];
  const { only, filter, shard, holdout } = leftOut;
  const parts = [
    [filter, 'by the filter'],
    [only, 'without `only`'],
    [shard, 'in other shards'],
    [holdout, 'with the tag holdout'],
  ] as const;
  const text = parts.flatMap(([n, why]) => (n > 0 ? [`${n} ${why}`] : [])).join(', ');
  return [['Left out', text === '' ? 'no case' : text]];
}

function describeCalls({ calls, unknownCalls }: Summary['totals']): string {
  const unknown = unknownCalls > 0 ? `, ${pluralize(unknownCalls, 'call')} of unknown cost` : '';
  return `${formatCount(calls)}${unknown}`;
}

/** The first digits are enough to see which part of two runs differs. */
function listHashes({ hashes: { prompt, data, checks } }: Summary['run']): string {
  const short = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 12);
  return `prompt ${short(prompt)}, test rows ${short(data)}, evaluators ${short(checks)}`;
}

function printFacts(facts: readonly Fact[], terminal: Terminal): void {
  const width = Math.max(...facts.map(([name]) => name.length));
  for (const [name, text] of facts) {
    const [first = '', ...rest] = wrapText(escapeForTerminal(text), terminal.width - width - 4);
    terminal.print(`  ${terminal.style(name.padEnd(width), 'dim')}  ${first}`);
    for (const line of rest) terminal.print(`${' '.repeat(width + 4)}${line}`);
  }
}
