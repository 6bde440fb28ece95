import { computeHashes, type Hashes } from '#core/eval/hashes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { readFileAtRevision } from '#io/git.ts';
import { readReleased } from '#io/registries/snapshot.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';

/** A possible baseline: `spec` as `--baseline` takes it, `name` for people. */
export interface BaselineOption {
  readonly spec: string;
  readonly name: string;
  /** Only runs that sent what has this hash. */
  readonly prompt?: Hashes['prompt'];
}

/**
 * What a prompt is compared with by default, the best first: the version in production and the file at
 * HEAD, if they send something else than `sent` (the hash of the prompt), then the last run. A text that is
 * released or committed is compared with its own last run only: what was tried in between is not what it
 * changes.
 */
export async function findDefaultBaselines(
  input: PromptInput,
  sent: Hashes['prompt'],
): Promise<BaselineOption[]> {
  const { file, project } = input;
  const name = promptIdOf(input);
  const released = await readReleased(project.root, project.settings.registry, name);
  const isReleased = released?.label != null && released.record.hashes.prompt !== sent;
  const committed = file === null ? null : await readFileAtRevision(file, 'HEAD');
  const head =
    committed !== null && 'text' in committed
      ? computeHashes(parsePrompt(committed.text)).prompt
      : null;
  const isCommitted = head !== null && head !== sent;
  const isKnown =
    head === sent || (released?.label != null && released.record.hashes.prompt === sent);
  return [
    ...(isReleased && released.label !== null
      ? [
          {
            spec: `${name}@${released.label}`,
            name: `${released.label} ${released.record.version}`,
          },
        ]
      : []),
    ...(isCommitted ? [{ spec: 'HEAD', name: 'HEAD' }] : []),
    isKnown
      ? { spec: 'last', name: 'the last run of this text', prompt: sent }
      : { spec: 'last', name: 'the last run' },
  ];
}
