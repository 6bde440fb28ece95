import { exportRegistry } from '#app/registry/backup.ts';
import { type Arguments, type Command, type CommandContext, UsageError } from './command.ts';
import { REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the whole registry to a file: a backup, or to move it',
  operands: '',
  about: [
    'Prints JSON Lines with every version, label move and attached eval, verified on the way; its last line has the hash of all before it. `promptsmith import` puts it into another registry.',
  ],
  options: [...REGISTRY_OPTIONS],
  examples: [['export -o registry.jsonl', 'a backup']],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  if (args.files.length > 0)
    throw new UsageError('export takes no operand: name the file with --output.');
  return await withRegistry(args, context, async (registry) => {
    for await (const line of exportRegistry(registry)) context.terminal.write(line);
    return 0;
  });
}
