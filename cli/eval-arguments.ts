import { readCaseFilter } from '#app/eval/case-filter.ts';
import type { EvalOptions, ResumeRequest } from '#app/eval/eval-options.ts';
import type { EvalRequest } from '#app/eval/evaluate-prompt.ts';
import type { FailPolicy } from '#app/eval/gate-question.ts';
import type { CaseFilter } from '#core/eval/plan/plan.ts';
import { type Arguments, type CommandContext, readFormat, UsageError } from './command.ts';
import { type ReportFile, readReport } from './eval-export.ts';
import type { ReportDetail } from './reporters/report-plain.ts';

/** The arguments of `promptsmith eval`, read and checked. */
export interface EvalArguments {
  /** What is asked of every prompt. */
  readonly request: Omit<EvalRequest, 'input'>;
  readonly failOn: FailPolicy;
  /** `plain`, or the format that is written to standard output instead. */
  readonly format: string;
  /** How much of the plain report is printed; null for other formats. */
  readonly detail: ReportDetail | null;
  readonly reports: readonly ReportFile[];
  /** Starts without confirmation. */
  readonly assumesYes: boolean;
}

/** Reads the options of `eval`. Throws UsageError for values and combinations that are not possible. */
export function readEvalArguments(
  args: Arguments,
  environment: CommandContext['environment'],
): EvalArguments {
  checkCombinations(args);
  const spec = args.text('baseline');
  const failOn = readFailPolicy(args.text('fail-on'));
  const format = readFormat(args) ?? 'plain';
  return {
    request: {
      options: readOptions(args, Boolean(environment.CI)),
      baseline:
        spec === undefined
          ? { kind: 'none' }
          : { kind: 'named', spec, whenMissing: args.flag('run-baseline') ? 'run' : 'refuse' },
      margin: args.number('margin'),
      stopsEarly: args.flag('stop-early'),
      failOn,
    },
    failOn,
    format,
    detail: format === 'plain' ? readDetail(args) : null,
    reports: args.texts('report').map(readReport),
    assumesYes: args.flag('yes'),
  };
}

function readDetail(args: Arguments): ReportDetail {
  if (args.flag('quiet')) return 'verdict';
  return args.flag('verbose') ? 'all' : 'failures';
}

function checkCombinations(args: Arguments): void {
  if (args.flag('replay') && args.flag('record'))
    throw new UsageError('--replay and --record exclude each other.');
  if (args.flag('quiet') && args.flag('verbose'))
    throw new UsageError('--quiet and --verbose exclude each other.');
  const policy = readFailPolicy(args.text('fail-on'));
  const comparing = args.text('baseline') !== undefined;
  if (!comparing && (policy === 'regression' || policy === 'inferior'))
    throw new UsageError(`--fail-on ${policy} requires --baseline.`);
  if (!comparing && args.flag('run-baseline'))
    throw new UsageError('--run-baseline requires --baseline.');
  if ((args.number('margin') ?? 0) >= 1)
    throw new UsageError('--margin is a share below 1: 0.05 is five points.');
  const again = ['resume', 'retry-errors', 'rescore'].find((name) => args.flag(name));
  for (const option of ['run-baseline', 'stop-early'])
    if (args.flag(option) && again)
      throw new UsageError(`--${option} and --${again} exclude each other.`);
  if (!comparing && args.flag('stop-early'))
    throw new UsageError('--stop-early requires --baseline.');
  if (args.flag('candidates') && args.texts('model').length > 0)
    throw new UsageError('--candidates and --model exclude each other.');
  if (args.flag('stop-early') && (args.texts('model').length > 1 || args.flag('candidates')))
    throw new UsageError('--stop-early requires a single model: it would stop the others, too.');
}

function readFailPolicy(text = 'any'): FailPolicy {
  return text === 'regression' || text === 'inferior' || text === 'never' ? text : 'any';
}

function readOptions(args: Arguments, isCI: boolean): EvalOptions {
  const numbers = {
    repeat: 'repeat',
    seed: 'seed',
    maxCost: 'max-cost',
    concurrency: 'concurrency',
  };
  const given = Object.entries(numbers).flatMap(([key, option]) => {
    const value = args.number(option);
    return value === undefined ? [] : [[key, value]];
  });
  const judge = args.text('judge');
  const resume = readResume(args);
  return {
    models: args.texts('model'),
    candidates: args.flag('candidates'),
    filter: {
      ...readCaseFilter(args.texts('filter'), args.flag('holdout') || isCI),
      ...readShard(args.text('shard')),
    },
    allowMissing: args.flag('allow-missing'),
    replay: args.flag('replay'),
    record: args.flag('record'),
    cache: !args.flag('no-cache'),
    allowUnknownCost: args.flag('allow-unknown-cost'),
    ...Object.fromEntries(given),
    ...(judge === undefined ? {} : { judge }),
    ...(args.text('compat') === 'gh-models' ? { compat: 'gh-models' } : {}),
    ...(resume ? { resume } : {}),
  };
}

function readShard(text: string | undefined): Pick<CaseFilter, 'shard'> {
  if (text === undefined) return {};
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!index || !of || index > of)
    throw new UsageError(`--shard ${text}: pass 2/5 for the second of five parts.`);
  return { shard: { index, of } };
}

function readResume(args: Arguments): ResumeRequest | null {
  const [retryErrors, rescore] = [args.flag('retry-errors'), args.flag('rescore')];
  if (!args.flag('resume') && !retryErrors && !rescore) return null;
  const run = args.text('resume') || undefined;
  return { retryErrors, rescore, ...(run === undefined ? {} : { run }) };
}
