import type { EvalWorld } from '#app/eval/eval-world.ts';
import { findChangedPrompts } from '#app/prompt/changed-prompts.ts';
import { Projects } from '#app/prompt/project.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { openPublished, readReference } from '#app/registry/registry-input.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { readInputs } from './inputs.ts';

/**
 * The prompts to evaluate: files and folders, and published versions (`name@1.4.0`) with their own cases.
 * With --changed only files that differ from a git revision.
 */
export async function readEvalInputs(
  args: Arguments,
  { openRegistry }: EvalWorld,
  context: CommandContext,
): Promise<PromptInput[]> {
  const { cwd } = context;
  const files: string[] = [];
  const published: PromptInput[] = [];
  for (const operand of args.files) {
    const reference = operand.includes('@') ? await readReference(operand, cwd) : null;
    if (!reference) {
      files.push(operand);
      continue;
    }
    const project = await new Projects(cwd).find('any');
    const found = await openPublished(reference, project, openRegistry);
    if (!found)
      throw new UsageError(`${operand} is not in the registry: see promptsmith list --published.`);
    published.push(found.input);
  }
  const read = files.length > 0 || published.length === 0 ? await readInputs(files, context) : [];
  const revision = args.flag('changed') ? args.text('changed') || 'HEAD' : null;
  return [...(revision === null ? read : await findChangedPrompts(read, revision)), ...published];
}
