import { parsePrompt } from '#core/prompt/parse.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { UserError } from '#core/user-error.ts';
import { readFileAtRevision } from '#io/git.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import {
  type OpenRegistry,
  openPublished,
  type PublishedInput,
  parseVersionReference,
} from '../registry/registry-input.ts';
import type { EvalWorld } from './eval-world.ts';

/** A prompt to compare with, with the cases and evaluators of the prompt that is evaluated. */
export interface BaselinePrompt {
  readonly input: PromptInput;
  /** Runs that are attached to the version, where it is a published one. */
  readonly attached: readonly AttachedEval[];
}

/**
 * The prompt that `spec` specifies: a published version or label, a prompt file, or the file at a git
 * revision. Throws UserError when it is none of these.
 */
export async function readBaselinePrompt(
  spec: string,
  input: PromptInput,
  { openPrompt, openRegistry }: Pick<EvalWorld, 'openPrompt' | 'openRegistry'>,
): Promise<BaselinePrompt> {
  const other = await openPrompt(spec);
  if (other && other.prompt.kind !== 'prompt') throw new UserError(`${spec} is not a prompt file.`);
  const published = other ? null : await readPublished(spec, input, openRegistry);
  const before = other ?? published?.input ?? (await readRevision(spec, input));
  return { input: withCasesOf(input, before), attached: published?.runs ?? [] };
}

/** The published version that `name@1.4.0`, or a version or label alone, specifies; null for anything else. */
async function readPublished(
  spec: string,
  input: PromptInput,
  openRegistry: OpenRegistry,
): Promise<PublishedInput | null> {
  const reference = parseVersionReference(spec, promptIdOf(input));
  if (!reference) return null;
  const isCertain = spec.includes('@');
  // A word alone may as well be a git revision.
  if (
    !isCertain &&
    input.file !== null &&
    !('error' in (await readFileAtRevision(input.file, spec)))
  )
    return null;
  const found = await openPublished(reference, input.project, openRegistry);
  if (found || !isCertain) return found;
  throw new UserError(`${input.path}: ${spec} is not in the registry: see promptsmith log.`);
}

async function readRevision(spec: string, input: PromptInput): Promise<PromptInput> {
  if (input.file === null)
    throw new UserError(`standard input has no revision ${spec}: pass a file.`);
  const read = await readFileAtRevision(input.file, spec);
  if ('error' in read)
    throw new UserError(
      `${input.path}: ${spec} is not a run, file, version, label or revision: ${read.error}.`,
    );
  const prompt = parsePrompt(read.text);
  if (prompt.kind !== 'prompt' || prompt.broken)
    throw new UserError(`${input.path} is not a valid prompt file at ${spec}.`);
  return { ...input, path: `${input.path} at ${spec}`, prompt };
}

function withCasesOf({ prompt, tests }: PromptInput, before: PromptInput): PromptInput {
  const { rows, evaluators } = prompt;
  return { ...before, prompt: { ...before.prompt, rows, evaluators, acceptance: null }, tests };
}
