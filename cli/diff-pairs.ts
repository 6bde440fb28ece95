import {
  type DiffOperand,
  loadFileSide,
  loadPublishedSide,
  loadRevisionSides,
  loadSideAtRevision,
} from '#app/prompt/diff-sides.ts';
import type { DiffSide } from '#app/prompt/prompt-diff.ts';
import { promptIdOf } from '#app/prompt/prompt-input.ts';
import { loadWorkingCopySides } from '#app/prompt/working-copy-sides.ts';
import { parsePointer } from '#core/registry/reference.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import { writeSnapshot } from '#io/registries/snapshot.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { withRegistry } from './registry-call.ts';

/** Two sides to compare, and the path of a prompt that one of them lacks. */
export type DiffPair = readonly [DiffSide | null, DiffSide | null, string];

/** Resolves the operands of `diff` to pairs of prompts. Throws UsageError. */
export async function resolveDiffPairs(
  operands: readonly DiffOperand[],
  args: Arguments,
  context: CommandContext,
): Promise<DiffPair[]> {
  const [a, b] = operands;
  if (!a) return [];
  if (a.kind === 'revision' && b?.kind === 'revision') {
    const found = await loadRevisionSides(context.cwd, a.revision, b.revision);
    return found.map(({ path, from, to }) => [from, to, path]);
  }
  if (a.kind === 'revision' && !b) {
    const found = await loadWorkingCopySides(context.cwd, a.revision);
    return found.map(({ path, from, to }) => [from, to, path]);
  }
  if (b && a.kind !== 'reference' && b.kind !== 'reference')
    return [await resolvePairWithoutRegistry(a, b)];
  return await withRegistry(args, context, async (registry, project) => {
    const side = async (operand: DiffOperand): Promise<DiffSide> => {
      if (operand.kind === 'file') return await loadFileSide(operand.input);
      if (operand.kind === 'reference')
        return await loadPublishedSide(registry, operand.reference, project);
      throw new UsageError('a revision can be compared with a file or another revision only.');
    };
    if (b) return [[await side(a), await side(b), '']];
    if (a.kind === 'file') {
      const name = promptIdOf(a.input);
      const released = async (pointer: string) => {
        const at = parsePointer(pointer);
        if ('error' in at) throw new UsageError(at.error);
        return await loadPublishedSide(registry, { name, pointer: at }, project);
      };
      const base = await released('production').catch((error: unknown) => {
        if (error instanceof RegistryError && error.kind === 'missing') return released('latest');
        throw error;
      });
      await writeSnapshot(project.root, registry, [name], Date.now());
      return [[base, await side(a), '']];
    }
    if (a.kind !== 'reference') return [];
    const { name } = a.reference;
    const { parent, version } = await resolveReference(registry, a.reference);
    if (parent === null)
      throw new UsageError(
        `${name}@${version} is the first version: pass a second operand to compare it with.`,
      );
    const before = { name, pointer: { kind: 'version', version: parent } } as const;
    return [[await loadPublishedSide(registry, before, project), await side(a), '']];
  });
}

async function resolvePairWithoutRegistry(a: DiffOperand, b: DiffOperand): Promise<DiffPair> {
  const input = a.kind === 'file' ? a.input : b.kind === 'file' ? b.input : null;
  const side = async (operand: DiffOperand): Promise<DiffSide> => {
    if (operand.kind === 'file') return await loadFileSide(operand.input);
    const { file, path } = input ?? { file: null, path: '' };
    const revision = operand.kind === 'revision' ? operand.revision : '';
    const found = file === null ? null : await loadSideAtRevision(file, path, revision, input);
    if (!found) throw new UsageError(`${path} did not exist at ${revision}.`);
    return found;
  };
  return [await side(a), await side(b), input?.path ?? ''];
}
