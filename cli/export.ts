import { exportRegistry } from '#app/registry/backup.ts';
import { type Arguments, type Command, type CommandContext, UsageError } from './command.ts';
import { REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'export the whole registry, for a backup or a migration',
  operands: '',
  about: [
    'Prints JSON Lines with every version, label move and attached eval. Every version is verified, and the last line contains the hash of everything before it. `promptsmith import` imports the file into another registry.',
  ],
  options: [...REGISTRY_OPTIONS],
  examples: [['export -o registry.jsonl', 'a backup']],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  if (args.files.length > 0)
    throw new UsageError('export takes no operands; use --output for the file.');
  return await withRegistry(args, context, async (registry) => {
    for await (const line of exportRegistry(registry)) context.terminal.write(line);
    return 0;
  });
}
