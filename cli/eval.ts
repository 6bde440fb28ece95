import { resolve } from 'node:path';
import type { FinishedEval } from '#app/eval/eval-event.ts';
import { judgeTogether } from '#app/eval/judge-together.ts';
import { keepHeapSmall } from '#io/v8-flags.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { type EvalArguments, readEvalArguments } from './eval-arguments.ts';
import { exitCode } from './eval-exit.ts';
import { checkExport, exportRuns, writeReport } from './eval-export.ts';
import { readEvalInputs } from './eval-inputs.ts';
import { EVAL_OPTIONS } from './eval-options.ts';
import { closeEvals, type PrintedEval, planEvals, runEval } from './eval-run.ts';
import { createEvalWorld } from './eval-world.ts';
import { printTotal } from './reporters/totals-plain.ts';
import { printTogether } from './reporters/verdict-plain.ts';

export const evaluate: Command = {
  name: 'eval',
  summary: 'run the golden cases of prompts and score the answers',
  operands: 'FILE, FOLDER or name@version …',
  about: [
    'Sends every case of `testData` to the model, scores the answers with the evaluators, and prints what failed and why, with the pass rate and its 95 % CI. Prints a cost estimate; on a terminal, asks for confirmation above $0.10 (eval.confirmAbove). --max-cost is a hard limit.',
    'API keys come from the environment or from .env in the project, and are sent only to the origin they belong to; `promptsmith trust <origin>` allows another one.',
    'The answer to a request that was sent before is taken from .promptsmith/cache; --no-cache sends it again. --replay takes answers from recordings/<prompt>.jsonl beside the prompt and calls nothing; --record appends to it. Every run is stored in .promptsmith/runs: Ctrl-C loses no finished case, and --resume continues the run.',
    'Without `acceptance` in the file, every case has to pass. With it, only its criteria apply, and every repeat of the required cases (`$case.must: true`) has to pass.',
    'Exit codes: 0 passed, 1 failed (see --fail-on), 2 could not run or incomplete, 130 interrupted.',
  ],
  options: EVAL_OPTIONS,
  examples: [
    ['eval triage.prompt.yaml', "all cases, on the file's model"],
    [
      'eval triage.prompt.yaml --model openai/gpt-4.1-mini --repeat 3 --max-cost 0.50',
      'another model, three repeats, with a cost limit',
    ],
    ['eval examples --replay', 'from recorded answers, without a key'],
    ['eval triage.prompt.yaml --resume', 'continue after Ctrl-C'],
    [
      'eval triage.prompt.yaml --baseline HEAD --run-baseline --fail-on regression',
      'is the edited prompt worse than the committed one?',
    ],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const wanted = readEvalArguments(args, context.environment);
  keepHeapSmall();
  const world = createEvalWorld(context, args.texts('trust'));
  const inputs = await readEvalInputs(args, world, context);
  if (inputs.length === 0 && args.flag('changed')) {
    context.terminal.note(`no prompt has changed since ${args.text('changed') || 'HEAD'}`);
    return 0;
  }
  const evals = await planEvals(inputs, wanted, world, context);
  try {
    return await runEvals(evals, wanted, context);
  } finally {
    await closeEvals(evals);
  }
}

async function runEvals(
  evals: readonly PrintedEval[],
  wanted: EvalArguments,
  context: CommandContext,
): Promise<number> {
  const { terminal, signal } = context;
  const { format, detail, reports, failOn } = wanted;
  for (const one of [format, ...reports.map((report) => report.format)]) checkExport(one, evals);
  const isWordy = detail !== null && detail !== 'verdict';
  const runs: FinishedEval[] = [];
  for (const one of evals) {
    if (signal.aborted) break;
    if (isWordy && runs.length > 0) terminal.print();
    const finished = await runEval(one, wanted, context);
    if (!finished) return signal.aborted ? 130 : 2;
    runs.push(finished);
  }
  const { finished, adjusted } = await judgeTogether(runs);
  if (isWordy && finished.length > 1)
    printTotal(
      finished.map(({ outcome }) => outcome.summary),
      terminal,
    );
  if (detail !== null && adjusted.length > 0) printTogether(adjusted, terminal);
  if (detail === null) terminal.write(await exportRuns(format, finished));
  for (const { format: name, file } of reports)
    await writeReport(resolve(context.cwd, file), await exportRuns(name, finished));
  return exitCode(finished, failOn, signal.aborted);
}
