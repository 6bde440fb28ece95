import { resolve } from 'node:path';
import { STDIN } from '#app/prompt/prompt-input.ts';
import { importRegistry } from '#app/registry/backup.ts';
import { decodeFile, readTextFile } from '#io/files.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';
import { pluralize } from './reporters/findings-plain.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'import an exported registry',
  operands: 'FILE',
  about: [
    'Imports a file from `promptsmith export`; `-` is standard input. Hashes are verified first. Entries that already exist are skipped; if any entry differs, nothing is written.',
  ],
  options: [...REGISTRY_OPTIONS, ...formatOptions(['plain', 'json'])],
  examples: [
    [
      'import registry.jsonl --registry postgres://app@db.example/prompts',
      'from a folder to a database',
    ],
  ],
  run,
};

/** Larger files are rejected: 1 GiB. */
const MAX_BYTES = 1024 ** 3;

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, cwd } = context;
  const [file, ...more] = args.files;
  if (file === undefined || more.length > 0) throw new UsageError('import takes one FILE.');
  const read =
    file === '-'
      ? decodeFile(STDIN, await context.readStdin())
      : await readTextFile(resolve(cwd, file), MAX_BYTES);
  if ('error' in read) throw new UsageError(read.error.message);
  return await withRegistry(args, context, async (registry) => {
    const counts = await importRegistry(registry, read.text);
    if (wantsJson(args)) terminal.printJson({ v: 1, imported: counts });
    else {
      const { prompts, versions, moves, evals } = counts;
      terminal.print(
        `imported ${pluralize(versions, 'version')} of ${pluralize(prompts, 'prompt')}, ${pluralize(moves, 'label move')} and ${pluralize(evals, 'eval')} into ${registry.address}`,
      );
    }
    return 0;
  });
}
