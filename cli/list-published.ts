import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Arguments, CommandContext } from './command.ts';
import { wantsJson } from './command.ts';
import { withRegistry } from './registry-call.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { formatTable } from './terminal.ts';

/** Runs `list --published`: prompts of the registry with their labels; operands match parts of names. */
export async function listPublished(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal } = context;
  return await withRegistry(args, context, async (registry) => {
    const all = await registry.list();
    const wanted = args.files.map((part) => part.toLowerCase());
    const prompts = all.filter(
      ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
    );
    if (wantsJson(args)) {
      terminal.printJson({ v: 1, prompts });
      return 0;
    }
    const rows = prompts.map(({ name, labels, problem }) => [
      name,
      labels.map(({ label, version }) => `${label} ${version}`).join(' · ') || 'no label',
      problem ?? '',
    ]);
    for (const line of formatTable(rows)) terminal.print(escapeForTerminal(line));
    terminal.print(`${pluralize(prompts.length, 'prompt')} in ${registry.address}`);
    return 0;
  });
}
