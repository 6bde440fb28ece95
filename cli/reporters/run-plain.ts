import type { ListedRun } from '#app/eval/describe-runs.ts';
import type { StoredRunReport } from '#app/eval/read-run-report.ts';
import type { RunProblem } from '#core/eval/report/assess-run.ts';
import { formatPlace } from '#core/eval/report/case-facts.ts';
import { describeEnd } from '#core/eval/report/conclude-run.ts';
import { formatPassRate, type ResultSentence } from '#core/eval/report/describe-result.ts';
import { type CaseFailure, formatReason } from '#core/eval/report/list-failures.ts';
import type { Fact } from '#core/eval/report/list-run-facts.ts';
import type { ModelReport } from '#core/eval/report/rank-models.ts';
import type { RunReport } from '#core/eval/report/run-report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { cutToWidth, formatTable, type Style, type Terminal, wrapText } from '../terminal.ts';
import { pluralize } from './findings-plain.ts';
import { formatMoment } from './format-moment.ts';

/** Failures that are printed; JSON has all of them. */
const MAX_FAILURES = 20;

/** Everything about one stored run: is it good, what failed, what is it fit for, what identifies it. */
export function printRun(
  listed: ListedRun,
  { report, changes, isJudged }: StoredRunReport,
  now: Date,
  terminal: Terminal,
): void {
  const title = terminal.style(escapeForTerminal(report.path), 'bold');
  terminal.print(`${title}  run ${listed.id}`);
  for (const { tone, text } of report.result) printText(text, 2, terminal, TONES[tone]);
  if (!isJudged) printText(describeUnjudged(changes), 2, terminal, ['dim']);
  for (const { met, text } of report.acceptance)
    if (met !== true) printText(`${met === false ? '✗' : '?'} ${text}`, 4, terminal);
  printModels(report.models, terminal);
  printComparisons(report, terminal);
  printFailures(report.failures, report.models.length > 1, terminal);
  for (const { count, model, text, remedy } of report.missing) {
    const who = report.models.length > 1 ? ` of ${model}` : '';
    const what = `${count === 1 ? '1 answer' : `${formatCount(count)} answers`}${who} missing: ${text}`;
    printText(`! ${what}${remedy === null ? '' : ` (${remedy})`}`, 2, terminal);
  }
  terminal.print();
  printFacts(listFacts(listed, report, now), terminal);
  for (const { text, command } of report.steps)
    printText(command === undefined ? text : `${text}: ${command}`, 2, terminal, ['dim']);
}

const TONES: Readonly<Record<ResultSentence['tone'], readonly Style[]>> = {
  good: ['green'],
  bad: ['red', 'bold'],
  open: ['yellow'],
};

function describeUnjudged(changes: StoredRunReport['changes']): string {
  return changes === null
    ? 'its prompt file cannot be read, so its criteria are unknown'
    : `changed in the file since: ${changes.join(', ')}; today’s criteria do not judge this run`;
}

function printModels(models: readonly ModelReport[], terminal: Terminal): void {
  const rows = models.map(({ model, jobs, passRate, callCost }) => [
    escapeForTerminal(model),
    `answered ${formatCount(jobs.answered)} of ${formatCount(jobs.asked)}`,
    passRate ? `pass rate ${formatPassRate(passRate)}` : 'no pass rate',
    callCost ? `${formatDollars(callCost.mean)} per call` : '',
  ]);
  for (const line of formatTable(rows)) terminal.print(`  ${line}`);
}

function printComparisons({ comparisons }: RunReport, terminal: Terminal): void {
  for (const { sides, text, notes, toFailed, toPassed } of comparisons) {
    printText(sides, 2, terminal, ['dim']);
    printText(text, 2, terminal);
    if (toFailed.length > 0) printText(`now failing: ${listNames(toFailed)}`, 4, terminal);
    if (toPassed.length > 0) printText(`now passing: ${listNames(toPassed)}`, 4, terminal);
    for (const note of notes) printText(note, 4, terminal);
  }
}

function listNames(names: readonly string[]): string {
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return names.slice(0, 8).join(', ') + more;
}

function printFailures(
  failures: readonly CaseFailure[],
  showsModel: boolean,
  terminal: Terminal,
): void {
  for (const failure of failures.slice(0, MAX_FAILURES)) {
    const { name, model, passed, repeats, reasons, got } = failure;
    const place = failure.file === '' ? '' : formatPlace(failure);
    const notes = [
      showsModel ? model : '',
      repeats > 1 ? `${passed} of ${repeats} passed` : '',
      place,
    ].filter((note) => note !== '');
    const rest = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
    printText(`✗ ${name}${rest}`, 2, terminal);
    for (const reason of reasons) printText(formatReason(reason), 6, terminal);
    if (got !== null) {
      const text = escapeForTerminal(got.trim().replace(/\s+/g, ' '));
      const shown = text === '' ? '(empty)' : cutToWidth(text, terminal.width - 12);
      terminal.print(terminal.style(`      got: ${shown}`, 'dim'));
    }
  }
  const more = failures.length - MAX_FAILURES;
  if (more > 0) printText(`… and ${more} more; --format json has all of them`, 2, terminal);
}

function listFacts(listed: ListedRun, { summary, cost, facts }: RunReport, now: Date): Fact[] {
  const { run, end, totals } = summary;
  const { at, isMerged, isRunning, fitness } = listed;
  const ended = end === 'done' ? 'as planned' : describeEnd(end);
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
    ['Cases', `${formatCount(run.cases)}${run.repeat > 1 ? ` × ${run.repeat}` : ''}`],
    ...describeLeftOut(run),
    ...cost,
    ...(run.replay ? [] : ([['Calls', describeCalls(totals)]] as const)),
    ...facts.filter(([name]) => name !== 'Run'),
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

function printText(
  text: string,
  indent: number,
  terminal: Terminal,
  styles: readonly Style[] = [],
): void {
  const lines = wrapText(escapeForTerminal(text).replace(/\n+/g, ' '), terminal.width - indent - 2);
  lines.forEach((line, i) => {
    terminal.print(`${' '.repeat(indent + (i > 0 ? 2 : 0))}${terminal.style(line, ...styles)}`);
  });
}
