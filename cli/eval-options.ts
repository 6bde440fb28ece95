import { formatOptions, type Option } from './command.ts';
import { EXPORTS } from './eval-export.ts';

/** The options of `promptsmith eval`. */
export const EVAL_OPTIONS: readonly Option[] = [
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
    summary: 'write a report to a file as well, as in junit=report.xml; may be given several times',
  },
];
