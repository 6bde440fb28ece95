import { stat } from 'node:fs/promises';
import { readOperand } from '#app/prompt/diff-sides.ts';
import { Projects } from '#app/prompt/project.ts';
import { type DiffSide, diffPrompts, type PromptDiff } from '#app/prompt/prompt-diff.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  readFormat,
  UsageError,
} from './command.ts';
import { resolveDiffPairs } from './diff-pairs.ts';
import { REGISTRY_OPTIONS } from './registry-call.ts';
import { toDiffJson } from './reporters/diff-json.ts';
import { type LonePrompt, renderDiffsMarkdown } from './reporters/diff-markdown.ts';
import { printDiff } from './reporters/diff-plain.ts';
import type { Terminal } from './terminal.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'show what changed between two prompts, and the effect on tokens, cost and quality',
  operands: 'A [B]',
  about: [
    'A and B are files, references (name@1.4.0, name@production) or git revisions. A file alone is compared with its version in production, or else its latest; a reference alone with its parent version. A revision alone is compared with the working copy, committed or not, and two revisions with each other: every prompt in this folder and below.',
    'Changes are listed by their bump: major, minor, patch. Below a changed text are its words, as in `git diff --word-diff`. Comments, quoting and the order of keys have no effect. The eval verdict comes from stored runs of both sides.',
    '--format markdown is for a pull request: removed words are struck through, added ones are bold. --format json has the complete texts as segments of the kinds same, removed and added.',
  ],
  options: [...REGISTRY_OPTIONS, ...formatOptions(['plain', 'json', 'markdown'])],
  examples: [
    ['diff support/triage.prompt.yaml', 'how does the working copy differ from production?'],
    ['diff support/triage@1.4.0 support/triage@production', 'two versions'],
    ['diff main', 'everything that changed since main, uncommitted edits included'],
    ['diff main HEAD --format markdown', 'all prompts of a branch, for a pull request'],
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
  const alone: LonePrompt[] = [];
  for (const [from, to, path] of pairs) {
    noteUnreadable([from, to], terminal);
    if (from && to) diffs.push(await diffPrompts(from, to, settings, knowledge));
    else if (from ?? to) alone.push({ path, what: from ? 'removed' : 'added' });
  }
  const isSet = pairs.length > 1 || operands.every(({ kind: t }) => t === 'revision');
  const shown = isSet ? diffs.filter(({ changes }) => changes.length > 0) : diffs;
  const other = b ?? (operands[0]?.kind === 'revision' ? 'the working copy' : 'its version');
  const nothing = `No differences between ${a} and ${other}.`;
  const format = readFormat(args);
  if (format === 'json') {
    terminal.printJson({ v: 1, diffs: shown.map(toDiffJson), alone });
    return 0;
  }
  if (format === 'markdown') {
    terminal.write(renderDiffsMarkdown(shown, alone, nothing));
    return 0;
  }
  for (const { path, what } of alone) terminal.print(`${path} was ${what}`);
  for (const [i, one] of shown.entries()) {
    if (i > 0 || alone.length > 0) terminal.print();
    printDiff(one, terminal);
  }
  if (shown.length + alone.length === 0) terminal.print(nothing);
  return 0;
}

/** What the parser cannot read looks as if it had been removed. */
function noteUnreadable(sides: readonly (DiffSide | null)[], terminal: Terminal): void {
  for (const side of sides)
    if (side && (side.document.broken || side.document.kind !== 'prompt'))
      terminal.note(
        `${side.title} is not a valid prompt file: what cannot be read counts as absent`,
      );
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
