import { describeRuns } from '#app/eval/describe-runs.ts';
import { mergeRuns } from '#app/eval/merge-runs.ts';
import { readRunReport } from '#app/eval/read-run-report.ts';
import { Projects } from '#app/prompt/project.ts';
import { parseRunTime } from '#core/eval/ids.ts';
import { getDataFolder } from '#io/data-folder.ts';
import { ResponseCache } from '#io/models/response-cache.ts';
import { openRunStore, type RunStore, type StoredRun } from '#io/runs/run-store.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { printRun } from './reporters/run-plain.ts';
import { listRunsJson, showRunJson } from './reporters/runs-json.ts';
import { printRuns } from './reporters/runs-plain.ts';
import { selectRun, selectRuns } from './select-runs.ts';
import type { Terminal } from './terminal.ts';

export const runs: Command = {
  name: 'runs',
  summary: 'list and show stored eval runs, merge those of shards, or erase them',
  operands: 'list | show | merge | prune | erase [RUN …]',
  about: [
    '`runs list` lists the runs of this project, newest first, and what this month cost. FITNESS is `whole` for a run that ended and left no case out: it can be the last result, a baseline and evidence for a promotion. Otherwise it names the uses that remain, or why there are none: `16 of 24 missing`, `shard 1/3`, `filtered`.',
    '`runs show RUN` shows all of one run: whether it was good, each model, the failed cases with their reasons, what the run is fit for and why not, its cost, calls and hashes. Cases are named by the prompt file as it is now; if the file has changed since, its criteria do not judge the run.',
    '`runs prune` erases runs older than `runs.keepDays` in .promptsmith.yaml, or --keep-days. `runs erase` erases the given runs, those of --prompt, or --all.',
    '`runs merge` merges the runs of all shards of an eval (`eval --shard 1/3` …) into a new one; copy runs from other machines to .promptsmith/runs first. `eval FILE --resume=<id>` then reports and compares the merged run without calling a model.',
    'Runs contain the answers of the model and may contain personal data. They are stored in .promptsmith, which git ignores. Erased runs cannot be restored; --dry-run lists them first. `prune` also erases old answers from the response cache, `erase` all of them.',
  ],
  options: [
    { name: 'prompt', type: 'text', value: 'id', summary: 'only runs of this prompt' },
    {
      name: 'keep-days',
      type: 'number',
      value: 'n',
      summary: 'with prune: keep runs of the last n days',
    },
    { name: 'verbose', type: 'flag', summary: 'with show: list the cases that passed, too' },
    { name: 'all', type: 'flag', summary: 'with erase: every run of the project' },
    { name: 'dry-run', type: 'flag', summary: 'list what would be erased, and erase nothing' },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['runs list --prompt support/triage', 'the runs of one prompt'],
    ['runs show 20261121T093000Z-1a2b3c', 'all of one run'],
    ['runs prune --keep-days 30', 'erase runs older than 30 days'],
    [
      'runs merge 20261121T093000Z-1a2b3c 20261121T093001Z-4d5e6f',
      'merge the two shards of an eval',
    ],
    ['runs erase 20261121T093000Z-1a2b3c', 'erase one run'],
  ],
  run,
};

const DAY_MS = 24 * 60 * 60 * 1000;

async function run(args: Arguments, { terminal, cwd }: CommandContext): Promise<number> {
  const [verb = 'list', ...ids] = args.files;
  const projects = new Projects(cwd);
  const project = await projects.find('any');
  const { root, settings } = project;
  const store = openRunStore(root);
  const cache = new ResponseCache(getDataFolder(root));
  const prompt = args.text('prompt');
  const stored = await store.list(prompt).catch((error: Error) => {
    throw new UsageError(`${error.message}.`);
  });
  const now = new Date();
  switch (verb) {
    case 'list': {
      const listed = await describeRuns(store, stored, settings.eval.errorRate);
      if (wantsJson(args)) terminal.printJson(listRunsJson(listed, now));
      else printRuns(listed, now, terminal);
      return 0;
    }
    case 'show': {
      const found = selectRun(stored, ids);
      const [listed] = await describeRuns(store, [found], settings.eval.errorRate);
      if (!listed || found.error !== undefined) throw new UsageError(`${found.error}.`);
      const report = await readRunReport(listed, { store, project, projects });
      if (wantsJson(args)) terminal.printJson(showRunJson(listed, report));
      else
        printRun(
          listed,
          report,
          { now, detail: args.flag('verbose') ? 'all' : 'failures' },
          terminal,
        );
      return 0;
    }
    case 'merge': {
      const parts = selectRuns(stored, ids, false);
      const { id, promptId: name } = await mergeRuns(store, parts, now, Math.random());
      if (wantsJson(args)) terminal.printJson({ v: 1, id, promptId: name }, 0);
      else terminal.print(`${id}  ${name}`);
      return 0;
    }
    case 'prune': {
      const limit = computeCutoff(args.number('keep-days') ?? settings.runs.keepDays);
      const old = stored.filter(({ id }) => parseRunTime(id) < limit);
      await erase(store, old, () => cache.erase(limit), { args, terminal });
      return 0;
    }
    case 'erase': {
      const gone = selectRuns(stored, ids, prompt !== undefined || args.flag('all'));
      // The cache does not record which run an answer belongs to, so all of it goes.
      await erase(store, gone, () => cache.erase(), { args, terminal });
      return 0;
    }
    default:
      throw new UsageError(`Unknown command runs ${verb}: use list, show, merge, prune or erase.`);
  }
}

/** The start time before which runs are too old, in milliseconds since the epoch. */
function computeCutoff(keepDays: number | undefined): number {
  if (keepDays === undefined)
    throw new UsageError(
      'no age limit for runs: pass --keep-days, or set `runs: { keepDays: 90 }` in .promptsmith.yaml.',
    );
  return Date.now() - keepDays * DAY_MS;
}

async function erase(
  store: RunStore,
  gone: readonly StoredRun[],
  eraseCache: () => Promise<number>,
  { args, terminal }: { args: Arguments; terminal: Terminal },
): Promise<void> {
  const isDry = args.flag('dry-run');
  for (const { promptId, id } of gone) {
    const held = store.heldBy(promptId, id);
    if (held !== null) throw new UsageError(`${held}. Nothing was erased.`);
  }
  if (!isDry) {
    for (const { promptId, id } of gone) await store.erase(promptId, id);
    await eraseCache();
  }
  if (wantsJson(args)) {
    const erased = gone.map(({ promptId, id }) => ({ id, promptId }));
    terminal.printJson({ v: 1, [isDry ? 'wouldErase' : 'erased']: erased });
    return;
  }
  for (const { promptId, id } of gone) terminal.print(`  ${id}  ${promptId}`);
  terminal.print(`${pluralize(gone.length, 'run')} ${isDry ? 'would be erased' : 'erased'}`);
}
