import { resolve } from 'node:path';
import { comparisonOf } from '#app/eval/comparison.ts';
import { sliceByModel } from '#core/eval/report/slices.ts';
import { keepHeapSmall } from '#io/v8-flags.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
} from './command.ts';
import { exitCode } from './eval-exit.ts';
import { checkExport, EXPORTS, exportRuns, readReport, writeReport } from './eval-export.ts';
import { readEvalInputs } from './eval-inputs.ts';
import { type Finished, prepareAll, runOne } from './eval-runs.ts';
import { judgeTogether } from './eval-together.ts';
import { printTotal } from './reporters/eval-plain.ts';
import { printTogether } from './reporters/verdict-plain.ts';

export const evaluate: Command = {
  name: 'eval',
  summary: 'run the golden cases of prompts and judge the answers',
  operands: 'FILE, FOLDER or name@version …',
  about: [
    'Sends every case of `testData` to the model, judges the answers by the evaluators, and prints what failed and why, with the pass rate and its 95 % interval. The estimated cost is said first; on a terminal it is asked about above $0.10 (eval.confirmAbove). --max-cost is a hard limit.',
    'Keys come from the environment or from .env in the project, and go only to the origin they belong to; `promptsmith trust <origin>` allows another one.',
    'The answer to a request that was sent before is taken from .promptsmith/cache; --no-cache asks again. --replay answers from recordings/<prompt>.jsonl beside the prompt and calls nothing; --record appends to it. Every run is kept in .promptsmith/runs: Ctrl-C loses no finished case, --resume goes on with it.',
    'Without `acceptance` in the file every case has to pass. With it, only what it demands counts, and the cases marked `$case.must: true`, of which every repeat has to pass.',
    'Exit codes: 0 good, 1 not (see --fail-on), 2 could not run or stopped early, 130 interrupted.',
  ],
  options: [
    {
      name: 'model',
      short: 'm',
      type: 'text',
      value: 'id',
      repeatable: true,
      summary: "run on this model instead of the file's; may be given several times",
    },
    {
      name: 'candidates',
      type: 'flag',
      summary: "run on the file's candidates beside its model, and compare them with it",
    },
    { name: 'repeat', type: 'number', value: 'n', summary: 'ask every case n times' },
    {
      name: 'filter',
      type: 'text',
      value: 'text',
      repeatable: true,
      summary: 'only cases whose name contains this; tag:<name> for a tag',
    },
    {
      name: 'changed',
      type: 'optional',
      value: 'revision',
      summary: 'only prompts that differ, or whose test files differ, from a git revision (HEAD)',
    },
    {
      name: 'shard',
      type: 'text',
      value: 'i/n',
      summary: 'only the i-th of n parts of the cases; `runs merge` joins the runs of all parts',
    },
    {
      name: 'holdout',
      type: 'flag',
      summary: 'run the cases tagged holdout too, as CI does (where CI is set)',
    },
    {
      name: 'max-cost',
      type: 'number',
      value: 'usd',
      summary: 'stop before the call that could cross this many dollars',
    },
    {
      name: 'allow-unknown-cost',
      type: 'flag',
      summary: 'run under a cost limit although a price is unknown',
    },
    { name: 'yes', short: 'y', type: 'flag', summary: 'do not ask' },
    { name: 'concurrency', type: 'number', value: 'n', summary: 'calls at once (default 4)' },
    { name: 'replay', type: 'flag', summary: 'answer from recordings; nothing is called' },
    { name: 'record', type: 'flag', summary: 'append the answers to the recordings' },
    {
      name: 'no-cache',
      type: 'flag',
      summary: 'ask anew what an earlier run has asked in just these words, and keep no answers',
    },
    {
      name: 'resume',
      type: 'optional',
      value: 'run',
      summary: 'go on with the last unfinished run, or with the one named',
    },
    { name: 'retry-errors', type: 'flag', summary: 'resume, and ask errored cases again' },
    {
      name: 'rescore',
      type: 'flag',
      summary: 'judge the answers of the last run again, without calls',
    },
    {
      name: 'allow-missing',
      type: 'flag',
      summary: 'send placeholders without a value as they stand',
    },
    { name: 'judge', type: 'text', value: 'id', summary: 'the model of judges that name none' },
    {
      name: 'trust',
      type: 'text',
      value: 'origin',
      repeatable: true,
      summary: 'let a key go to this origin, for this run only',
    },
    {
      name: 'seed',
      type: 'number',
      value: 'n',
      summary: "seed of the run's random draws (default 0)",
    },
    {
      name: 'baseline',
      type: 'text',
      value: 'run',
      summary:
        'compare with a stored run: its id, last, or the newest one of this file at a git revision (HEAD), of a published version or label (production, name@1.4.0) or of another prompt file',
    },
    {
      name: 'run-baseline',
      type: 'flag',
      summary:
        'run the baseline first, on the same cases, where no run of it is stored; a cost limit holds for each of the two runs',
    },
    {
      name: 'stop-early',
      type: 'flag',
      summary: 'stop as soon as the run is better or worse than the baseline beyond doubt',
    },
    {
      name: 'margin',
      type: 'number',
      value: 'share',
      summary: 'a smaller difference in pass rate counts as the same (default 0.05, eval.margin)',
    },
    {
      name: 'fail-on',
      type: 'text',
      value: 'policy',
      choices: ['any', 'regression', 'inferior', 'never'],
      summary:
        "exit with 1 on any (default): a case does not pass, or the file's acceptance is not met; regression: worse than the baseline; inferior: not shown to be within the margin of it; never",
    },
    {
      name: 'compat',
      type: 'text',
      value: 'program',
      choices: ['gh-models'],
      summary: 'judge string, llm and github/ evaluators as `gh models eval` did, traps included',
    },
    ...formatOptions(['plain', 'json', ...EXPORTS]),
    {
      name: 'report',
      type: 'text',
      value: 'format=file',
      repeatable: true,
      summary:
        'write a report to a file as well, as in junit=report.xml; may be given several times',
    },
  ],
  examples: [
    ['eval triage.prompt.yaml', "all cases, on the file's model"],
    [
      'eval triage.prompt.yaml --model openai/gpt-4.1-mini --repeat 3 --max-cost 0.50',
      'another model, three times, under a limit',
    ],
    ['eval examples --replay', 'from recorded answers, without a key'],
    ['eval triage.prompt.yaml --resume', 'go on after Ctrl-C'],
    [
      'eval triage.prompt.yaml --baseline HEAD --run-baseline --fail-on regression',
      'is the edited prompt worse than the committed one?',
    ],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  checkOptions(args);
  keepHeapSmall();
  const inputs = await readEvalInputs(args, context);
  const { terminal } = context;
  const format = args.flag('json') ? 'json' : (args.text('format') ?? 'plain');
  const isQuiet = format !== 'plain';
  if (inputs.length === 0 && args.flag('changed')) {
    terminal.note(`no prompt has changed since ${args.text('changed') || 'HEAD'}: nothing to do`);
    return 0;
  }
  const ready = await prepareAll(inputs, args, context);
  const reports = args.texts('report').map(readReport);
  for (const one of [format, ...reports.map((report) => report.format)]) checkExport(one, ready);
  const runs: Finished[] = [];
  for (const [i, one] of ready.entries()) {
    if (context.signal.aborted) break;
    if (!isQuiet && i > 0) terminal.print();
    const outcome = await runOne(one, args, context, isQuiet);
    if (!outcome) return context.signal.aborted ? 130 : 2;
    runs.push(outcome);
  }
  const { finished, beside } = await judgeTogether(runs, ready);
  if (!isQuiet && finished.length > 1)
    printTotal(
      finished.map(({ summary }) => summary),
      terminal,
    );
  if (!isQuiet && beside.length > 0) printTogether(beside, terminal);
  const reportAs = (name: string): Promise<string> | string =>
    name === 'json' ? jsonReport(finished) : exportRuns(name, ready, finished);
  if (isQuiet) terminal.write(await reportAs(format));
  for (const { format: name, file } of reports)
    await writeReport(resolve(context.cwd, file), await reportAs(name));
  return exitCode(finished, args.text('fail-on') ?? 'any', context.signal.aborted);
}

function checkOptions(args: Arguments): void {
  if (args.flag('replay') && args.flag('record'))
    throw new UsageError('--replay and --record exclude each other.');
  const policy = args.text('fail-on') ?? 'any';
  const comparing = args.text('baseline') !== undefined;
  if (!comparing && (policy === 'regression' || policy === 'inferior'))
    throw new UsageError(`--fail-on ${policy} needs --baseline: worse than what?`);
  if (!comparing && args.flag('run-baseline'))
    throw new UsageError('--run-baseline needs --baseline: which one?');
  if ((args.number('margin') ?? 0) >= 1)
    throw new UsageError('--margin is a share: 0.05 is five points.');
  const again = ['resume', 'retry-errors', 'rescore'].find((name) => args.flag(name));
  for (const option of ['run-baseline', 'stop-early'])
    if (args.flag(option) && again)
      throw new UsageError(`--${option} and --${again} exclude each other.`);
  if (!comparing && args.flag('stop-early'))
    throw new UsageError('--stop-early needs --baseline: decided about what?');
  if (args.flag('candidates') && args.texts('model').length > 0)
    throw new UsageError('--candidates and --model exclude each other.');
  if (args.flag('stop-early') && (args.texts('model').length > 1 || args.flag('candidates')))
    throw new UsageError('--stop-early takes one model: the others would stop with it.');
}

function jsonReport(finished: readonly Finished[]): string {
  const all = finished.map(jsonOf);
  return `${JSON.stringify(all.length === 1 ? all[0] : { v: 1, runs: all }, null, 2)}\n`;
}

function jsonOf(finished: Finished): object {
  const { summary, acceptance, cases } = finished;
  const slices = sliceByModel(cases);
  return {
    ...summary,
    ...(acceptance ? { acceptance } : {}),
    ...comparisonOf(finished.comparisons),
    ...(finished.models.length > 0 ? { models: finished.models } : {}),
    ...(slices.length > 0 ? { slices } : {}),
    cases,
  };
}
