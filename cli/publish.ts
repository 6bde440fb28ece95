import {
  type Publication,
  preparePublication,
  publish as publishVersion,
} from '#app/registry/publish.ts';
import { attachFitRuns, describeAttached } from '#app/registry/version-runs.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { writeSnapshot } from '#io/registries/snapshot.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { readInputs } from './inputs.ts';
import { AUTHOR_OPTION, findAuthor, REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';
import { printChanges } from './reporters/changes-plain.ts';

export const publish: Command = {
  name: 'publish',
  summary: 'publish a prompt as an immutable version',
  operands: 'FILE',
  about: [
    'Publishes the exact text, its test files, checks and run settings as the next version. The version number follows from the changes: major if callers or readers of the answer have to change, minor for wording, examples and parameters, patch for spelling, metadata and test data. The output gives the reasons; --version, or `version:` in the file, overrides it.',
    'The newest run that is fit as evidence is attached, one for each model, so that `promote` and others can compare with it.',
  ],
  options: [
    {
      name: 'name',
      type: 'text',
      value: 'name',
      summary: 'name of the prompt (default: its `id:`, or its path)',
    },
    {
      name: 'version',
      type: 'text',
      value: 'version',
      summary: 'version; overrides the suggestion',
    },
    { name: 'message', short: 'm', type: 'text', value: 'text', summary: 'changelog line' },
    {
      name: 'parent',
      type: 'text',
      value: 'version',
      summary: 'fail if this is no longer the latest version',
    },
    { name: 'dry-run', type: 'flag', summary: 'show what would be published, and publish nothing' },
    AUTHOR_OPTION,
    ...REGISTRY_OPTIONS,
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['publish support/triage.prompt.yaml -m "Ask for the order number"', 'the next version'],
    ['publish support/triage.prompt.yaml --dry-run', 'show the next version, and why'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal } = context;
  if (args.files.length !== 1) throw new UsageError('publish takes one FILE.');
  const [input, ...more] = await readInputs(args.files, context);
  if (!input || more.length > 0) throw new UsageError('publish takes one FILE, not a folder.');
  const isDry = args.flag('dry-run');
  const author = isDry ? '' : await findAuthor(args, context);
  return await withRegistry(args, context, async (registry, project) => {
    const prepared = await preparePublication(registry, input, {
      name: args.text('name'),
      version: args.text('version'),
      parent: args.text('parent'),
    });
    const { name, version, suggestion, parent, changes } = prepared;
    let evals: readonly AttachedEval[] = [];
    if (!isDry) {
      const change = args.text('message') ?? suggestion.reasons[0] ?? '';
      const record = await publishVersion(registry, prepared, { author, change, now: Date.now() });
      evals = await attachFitRuns(registry, name, record, project);
      await writeSnapshot(project.root, registry, [name], Date.now());
    }
    if (wantsJson(args)) {
      const listed = changes.map(({ wording: _, ...change }) => change);
      const about = {
        name,
        version,
        parent: parent?.version ?? null,
        suggestion,
        changes: listed,
        evals: evals.map(({ run }) => run.id),
      };
      terminal.printJson({ v: 1, published: !isDry, ...about });
      return 0;
    }
    terminal.print(
      `${isDry ? 'would publish' : 'published'} ${terminal.style(`${name}@${version}`, 'bold')} to ${registry.address}`,
    );
    terminal.print(`  ${whyText(prepared)}`);
    printChanges(changes, terminal);
    for (const run of evals) terminal.print(`  attached ${describeAttached(run)}`);
    return 0;
  });
}

function whyText({ suggestion, version, parent }: Publication): string {
  if (!parent) return 'first version';
  const { bump, version: suggested } = suggestion;
  const reason = bump === 'none' ? 'no relevant changes' : `${bump} change after ${parent.version}`;
  return suggested === version ? reason : `${reason}, suggested ${suggested}, overridden`;
}
