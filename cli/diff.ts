import { stat } from 'node:fs/promises';
import { readOperand } from '#app/prompt/diff-sides.ts';
import { Projects } from '#app/prompt/project.ts';
import { diffPrompts, type PromptDiff } from '#app/prompt/prompt-diff.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { resolveDiffPairs } from './diff-pairs.ts';
import { REGISTRY_OPTIONS } from './registry-call.ts';
import { printDiff } from './reporters/diff-plain.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'show what changed between two prompts, and the effect on tokens, cost and quality',
  operands: 'A [B]',
  about: [
    'A and B are files, references (name@1.4.0, name@production) or git revisions. A file alone is compared with its version in production, or else its latest; a reference alone with its parent version; two revisions compare every prompt in this folder and below.',
    'Changes are listed by their bump: major, minor, patch. Comments, quoting and the order of keys have no effect. The eval verdict comes from stored runs of both sides.',
  ],
  options: [...REGISTRY_OPTIONS, ...formatOptions(['plain', 'json'])],
  examples: [
    ['diff support/triage.prompt.yaml', 'how does the working copy differ from production?'],
    ['diff support/triage@1.4.0 support/triage@production', 'two versions'],
    ['diff main HEAD', 'all prompts of a branch, for a pull request'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, cwd } = context;
  const [a, b, ...more] = args.files;
  if (a === undefined || more.length > 0)
    throw new UsageError('diff takes one or two operands: A, or A and B.');
  const projects = new Projects(cwd);
  const read = async (path: string) =>
    (await isFile(path)) ? await readPromptInput(path, cwd, projects) : null;
  const operands = [await readOperand(a, cwd, read)];
  if (b !== undefined) operands.push(await readOperand(b, cwd, read));
  const pairs = await resolveDiffPairs(operands, args, context);
  const { settings } = await projects.find('any');
  const knowledge = new PromptKnowledge(today());
  const diffs: PromptDiff[] = [];
  const alone: { readonly path: string; readonly what: 'added' | 'removed' }[] = [];
  for (const [from, to, path] of pairs) {
    if (from && to) diffs.push(await diffPrompts(from, to, settings, knowledge));
    else if (from ?? to) alone.push({ path, what: from ? 'removed' : 'added' });
  }
  const isSet = pairs.length > 1 || operands.every(({ kind: t }) => t === 'revision');
  const shown = isSet ? diffs.filter(({ changes }) => changes.length > 0) : diffs;
  if (wantsJson(args)) {
    terminal.printJson({ v: 1, diffs: shown, alone });
    return 0;
  }
  for (const { path, what } of alone) terminal.print(`${path} was ${what}`);
  for (const [i, one] of shown.entries()) {
    if (i > 0 || alone.length > 0) terminal.print();
    printDiff(one, terminal);
  }
  if (shown.length + alone.length === 0)
    terminal.print(`No differences between ${a} and ${b ?? 'its version'}.`);
  return 0;
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
