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
    summary: "run on this model instead of the file's; can be repeated",
  },
  {
    name: 'candidates',
    type: 'flag',
    summary: "also run on the file's candidates, and compare them with its model",
  },
  { name: 'repeat', type: 'number', value: 'n', summary: 'run every case n times' },
  {
    name: 'filter',
    type: 'text',
    value: 'text',
    repeatable: true,
    summary: 'only cases whose name contains this text; tag:<name> selects by tag',
  },
  {
    name: 'changed',
    type: 'optional',
    value: 'revision',
    summary:
      'only prompts that changed, or whose test files changed, since a git revision (default HEAD)',
  },
  {
    name: 'shard',
    type: 'text',
    value: 'i/n',
    summary: 'only the i-th of n parts of the cases; `runs merge` merges the runs of all parts',
  },
  {
    name: 'holdout',
    type: 'flag',
    summary: 'include cases tagged holdout; the default where CI is set',
  },
  {
    name: 'max-cost',
    type: 'number',
    value: 'usd',
    summary: 'stop before a call that could exceed this cost',
  },
  {
    name: 'allow-unknown-cost',
    type: 'flag',
    summary: 'run with a cost limit even if a price is unknown',
  },
  { name: 'yes', short: 'y', type: 'flag', summary: 'skip the confirmation' },
  {
    name: 'concurrency',
    type: 'number',
    value: 'n',
    summary: 'maximum concurrent calls (default 4)',
  },
  { name: 'replay', type: 'flag', summary: 'take answers from recordings; call nothing' },
  { name: 'record', type: 'flag', summary: 'append answers to the recordings' },
  {
    name: 'no-cache',
    type: 'flag',
    summary: 'send requests that were sent before again, and cache no answers',
  },
  {
    name: 'resume',
    type: 'optional',
    value: 'run',
    summary: 'continue the last unfinished run, or the run with this id',
  },
  { name: 'retry-errors', type: 'flag', summary: 'resume, and retry errored cases' },
  {
    name: 'rescore',
    type: 'flag',
    summary: 'score the answers of the last run again, without calling the model',
  },
  {
    name: 'allow-missing',
    type: 'flag',
    summary: 'send placeholders without a value unchanged',
  },
  { name: 'judge', type: 'text', value: 'id', summary: 'model of judges that do not specify one' },
  {
    name: 'trust',
    type: 'text',
    value: 'origin',
    repeatable: true,
    summary: 'allow sending an API key to this origin, for this run only',
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
      'run the baseline first, on the same cases, if no run of it is stored; a cost limit applies to each of the two runs',
  },
  {
    name: 'stop-early',
    type: 'flag',
    summary: 'stop as soon as the run is significantly better or worse than the baseline',
  },
  {
    name: 'margin',
    type: 'number',
    value: 'share',
    summary: 'treat smaller differences in pass rate as equal (default 0.05, eval.margin)',
  },
  {
    name: 'fail-on',
    type: 'text',
    value: 'policy',
    choices: ['any', 'regression', 'inferior', 'never'],
    summary:
      "exit with 1 on any (default): a case does not pass, or the file's acceptance is not met; regression: worse than the baseline; inferior: not shown to be within the margin of the baseline; never",
  },
  {
    name: 'compat',
    type: 'text',
    value: 'program',
    choices: ['gh-models'],
    summary: 'score string, llm and github/ evaluators exactly as `gh models eval` does',
  },
  { name: 'verbose', type: 'flag', summary: 'list every case, not only those that did not pass' },
  { name: 'quiet', type: 'flag', summary: 'print only the result, one line per prompt' },
  ...formatOptions(['plain', ...EXPORTS]),
  {
    name: 'report',
    type: 'text',
    value: 'format=file',
    repeatable: true,
    summary: 'also write a report to a file, as in junit=report.xml; can be repeated',
  },
];
