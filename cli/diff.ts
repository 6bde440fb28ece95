import { stat } from 'node:fs/promises';
import { parsePointer } from '#core/registry/reference.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import {
  type DiffOperand,
  readOperand,
  sideAt,
  sideOfFile,
  sideOfReference,
  sidesOfRevisions,
} from '#io/diff-sides.ts';
import { Projects } from '#io/project.ts';
import { type DiffSide, diffPrompts, type PromptDiff } from '#io/prompt-diff.ts';
import { readPromptInput } from '#io/prompt-input.ts';
import { PromptKnowledge, today } from '#io/prompt-knowledge.ts';
import { registryName } from '#io/publication.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
} from './command.ts';
import { isJson, REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';
import { printDiff } from './reporters/diff-plain.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'what changed between two prompts, and what that does to tokens, cost and quality',
  operands: 'A [B]',
  about: [
    'A and B are files, references (name@1.4.0, name@production) or git revisions. A file alone is compared with its version in production, else with its latest; a reference alone with the version it was made from; two revisions compare every prompt below this folder.',
    'Changes are listed by what they ask of others: major, minor, patch. Comments, quoting and the order of keys count for nothing. The eval verdict comes from stored runs of both sides.',
  ],
  options: [...REGISTRY_OPTIONS, ...formatOptions(['plain', 'json'])],
  examples: [
    ['diff support/triage.prompt.yaml', 'how does the working copy differ from production?'],
    ['diff support/triage@1.4.0 support/triage@production', 'between two versions'],
    ['diff main HEAD', 'all prompts of a branch, for a pull request'],
  ],
  run,
};

type Pair = readonly [DiffSide | null, DiffSide | null, string];

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, cwd } = context;
  const [a, b, ...more] = args.files;
  if (a === undefined || more.length > 0) throw new UsageError('diff takes A, or A and B.');
  const projects = new Projects(cwd);
  const read = async (path: string) =>
    (await isFile(path)) ? await readPromptInput(path, cwd, projects) : null;
  const operands = [await readOperand(a, cwd, read)];
  if (b !== undefined) operands.push(await readOperand(b, cwd, read));
  const pairs = await pairsOf(operands, args, context);
  const { settings } = await projects.of('any');
  const knowledge = new PromptKnowledge(today());
  const diffs: PromptDiff[] = [];
  const alone: { readonly path: string; readonly what: 'added' | 'removed' }[] = [];
  for (const [from, to, path] of pairs) {
    if (from && to) diffs.push(await diffPrompts(from, to, settings, knowledge));
    else if (from ?? to) alone.push({ path, what: from ? 'removed' : 'added' });
  }
  const isSet = pairs.length > 1 || operands.every(({ t }) => t === 'revision');
  const shown = isSet ? diffs.filter(({ changes }) => changes.length > 0) : diffs;
  if (isJson(args)) {
    terminal.print(JSON.stringify({ v: 1, diffs: shown, alone }, null, 2));
    return 0;
  }
  for (const { path, what } of alone) terminal.print(`${path} was ${what}`);
  for (const [i, one] of shown.entries()) {
    if (i > 0 || alone.length > 0) terminal.print();
    printDiff(one, terminal);
  }
  if (shown.length + alone.length === 0)
    terminal.print(`No prompt differs between ${a} and ${b ?? 'its version'}.`);
  return 0;
}

async function pairsOf(
  operands: readonly DiffOperand[],
  args: Arguments,
  context: CommandContext,
): Promise<Pair[]> {
  const [a, b] = operands;
  if (!a) return [];
  if (a.t === 'revision' && b?.t === 'revision') {
    const found = await sidesOfRevisions(context.cwd, a.revision, b.revision);
    return found.map(({ path, from, to }) => [from, to, path]);
  }
  if (a.t === 'revision' && !b) {
    const found = await sidesOfRevisions(context.cwd, a.revision, 'HEAD');
    return found.map(({ path, from, to }) => [from, to, path]);
  }
  if (b && a.t !== 'reference' && b.t !== 'reference') return [await withoutRegistry(a, b)];
  return await withRegistry(args, context, async (registry, project) => {
    const side = async (operand: DiffOperand): Promise<DiffSide> => {
      if (operand.t === 'file') return await sideOfFile(operand.input);
      if (operand.t === 'reference')
        return await sideOfReference(registry, operand.reference, project);
      throw new UsageError('a revision needs a file or another revision beside it.');
    };
    if (b) return [[await side(a), await side(b), '']];
    if (a.t === 'file') {
      const name = registryName(a.input);
      const released = async (pointer: string) => {
        const at = parsePointer(pointer);
        if ('error' in at) throw new UsageError(at.error);
        return await sideOfReference(registry, { name, pointer: at }, project);
      };
      const base = await released('production').catch((error: unknown) => {
        if (error instanceof RegistryError && error.kind === 'missing') return released('latest');
        throw error;
      });
      return [[base, await side(a), '']];
    }
    if (a.t !== 'reference') return [];
    const { name } = a.reference;
    const { parent, version } = await resolveReference(registry, a.reference);
    if (parent === null)
      throw new UsageError(`${name}@${version} is the first version: name another one.`);
    const before = { name, pointer: { t: 'version', version: parent } } as const;
    return [[await sideOfReference(registry, before, project), await side(a), '']];
  });
}

async function withoutRegistry(a: DiffOperand, b: DiffOperand): Promise<Pair> {
  const input = a.t === 'file' ? a.input : b.t === 'file' ? b.input : null;
  const side = async (operand: DiffOperand): Promise<DiffSide> => {
    if (operand.t === 'file') return await sideOfFile(operand.input);
    const { file, path } = input ?? { file: null, path: '' };
    const revision = operand.t === 'revision' ? operand.revision : '';
    const found = file === null ? null : await sideAt(file, path, revision);
    if (!found) throw new UsageError(`${path} did not exist at ${revision}.`);
    return found;
  };
  return [await side(a), await side(b), input?.path ?? ''];
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
