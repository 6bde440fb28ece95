import { rollback as rollbackLabel } from '#app/registry/promote.ts';
import { findLabelProblem, findNameProblem } from '#core/registry/names.ts';
import { writeSnapshot } from '#io/registries/snapshot.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { AUTHOR_OPTION, findAuthor, REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';

export const rollback: Command = {
  name: 'rollback',
  summary: 'move a label back to the version it pointed to before',
  operands: 'NAME LABEL',
  about: [
    'Moves the label back at once, without checking its promotion policy, since it pointed to that version before. A second rollback goes back one more step. Rollbacks are recorded in the history.',
  ],
  options: [
    { name: 'why', type: 'text', value: 'text', summary: 'the reason, for the history' },
    AUTHOR_OPTION,
    ...REGISTRY_OPTIONS,
    ...formatOptions(['plain', 'json']),
  ],
  examples: [['rollback support/triage production --why "answers too long"', 'undo a promotion']],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const [name, label] = args.files;
  if (name === undefined || label === undefined || args.files.length > 2)
    throw new UsageError('rollback takes NAME LABEL, such as support/triage production.');
  const problem = findNameProblem(name) ?? findLabelProblem(label);
  if (problem !== null) throw new UsageError(`${problem}.`);
  const by = await findAuthor(args, context);
  return await withRegistry(args, context, async (registry, project) => {
    const why = args.text('why') ?? '';
    const move = await rollbackLabel(registry, name, label, { by, why, now: Date.now() });
    await writeSnapshot(project.root, registry, [name], Date.now());
    const { from, version } = move;
    if (wantsJson(args)) context.terminal.printJson({ v: 1, name, label, from, version });
    else context.terminal.print(`rolled back ${label} of ${name} ${from} → ${version}`);
    return 0;
  });
}
