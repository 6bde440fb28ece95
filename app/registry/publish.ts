import { makeBundle, openBundle, type PromptBundle } from '#core/registry/bundle.ts';
import type { Change } from '#core/registry/change.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { findDrift } from '#core/registry/drift.ts';
import { findNameProblem } from '#core/registry/names.ts';
import { type Registry, RegistryError, type VersionRecord } from '#core/registry/registry.ts';
import { compareVersions, latestVersion, parseVersion } from '#core/registry/semver.ts';
import { timeAfter } from '#core/registry/time.ts';
import { suggestVersion, type VersionSuggestion } from '#core/registry/version.ts';
import { readTextFile, resolvePath } from '#io/files.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import { findFileSecrets } from '#io/secrets.ts';
import { collectRows, type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';

/** A prompt that is ready to be published, with its changes and suggested version. */
export interface Publication {
  readonly name: string;
  /** The version it is based on; null for the first. */
  readonly parent: VersionRecord | null;
  readonly changes: readonly Change[];
  readonly suggestion: VersionSuggestion;
  /** The version that it will be published as. */
  readonly version: string;
  readonly made: PromptBundle;
}

export interface PublicationOptions {
  /** Default: the prompt's id. */
  readonly name?: string | undefined;
  /** Overrides the file's `version` and the suggestion. */
  readonly version?: string | undefined;
  /** The version that must still be the latest. */
  readonly parent?: string | undefined;
}

/** Bundles a prompt of the working copy. Rejects with RegistryError when a test file cannot be read. */
export async function bundlePrompt(input: PromptInput): Promise<PromptBundle> {
  const { prompt, tests, project, settings } = input;
  if (tests.problems.some(({ severity }) => severity === 'error'))
    throw new RegistryError(
      'invalid',
      `${input.path}: its test files have errors, so cases would be missing; run \`promptsmith check\``,
    );
  const paths = [...new Set(tests.rows.flatMap(({ file }) => file ?? []))];
  const files = await Promise.all(
    paths.map(async (path) => {
      const read = await readTextFile(resolvePath(project.root, path));
      if ('error' in read) throw new RegistryError('invalid', read.error.message);
      return { path, text: read.text };
    }),
  );
  const { judge, repeat, margin } = settings.eval;
  return makeBundle(prompt, collectRows(input), files, {
    ...(judge === undefined ? {} : { judge }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(margin === undefined ? {} : { margin }),
  });
}

/** Prepares to publish a prompt, and writes nothing. Rejects with RegistryError. */
export async function preparePublication(
  registry: Registry,
  input: PromptInput,
  options: PublicationOptions,
): Promise<Publication> {
  const name = options.name ?? promptIdOf(input);
  const problem = findNameProblem(name);
  if (problem !== null) throw new RegistryError('invalid', `${name}: ${problem}`);
  if (input.prompt.kind !== 'prompt' || input.prompt.broken)
    throw new RegistryError(
      'invalid',
      `${input.path} is not a valid prompt file; run \`promptsmith check\` for details`,
    );
  await refuseSecrets(input);
  const made = await bundlePrompt(input);
  const versions = await registry.versions(name);
  const latest = latestVersion(versions.map(({ version }) => version));
  const parent = versions.find(({ version }) => version === latest) ?? null;
  if (options.parent !== undefined && options.parent !== latest)
    throw new RegistryError(
      'conflict',
      latest === null
        ? `${name} is not published yet, so it has no version ${options.parent}`
        : `the latest version is ${name}@${latest}, not ${options.parent}; review \`promptsmith diff ${name}@${latest} ${input.path}\``,
    );
  const changes = parent
    ? comparePrompts(openBundle(await registry.bundle(name, parent.version)), {
        document: input.prompt,
        rows: collectRows(input),
      })
    : [];
  const suggestion = suggestVersion(latest, changes);
  if (parent && findDrift(parent.hashes, made.hashes).length === 0 && options.version === undefined)
    throw new RegistryError(
      'conflict',
      `${name} has the same content as ${latest}: there is nothing to publish`,
    );
  const version = options.version ?? ownVersion(input, versions) ?? suggestion.version;
  checkVersion(version, latest, name, input);
  return { name, parent, changes, suggestion, version, made };
}

/** Publishes a prepared prompt. Resolves to its record. */
export async function publish(
  registry: Registry,
  publication: Publication,
  about: { readonly author: string; readonly change: string; readonly now: number },
): Promise<VersionRecord> {
  const { name, parent, suggestion, version, made } = publication;
  const record: VersionRecord = {
    v: 1,
    version,
    parent: parent?.version ?? null,
    hashes: made.hashes,
    files: made.files,
    author: about.author,
    at: timeAfter(about.now, parent?.at ?? null),
    change: hideKeys(about.change, []),
    bump: {
      suggested: suggestion.bump,
      reasons: suggestion.reasons.map((text) => hideKeys(text, [])),
    },
  };
  await registry.publish(name, record, made.bundle);
  return record;
}

/** `version:` of the file, unless that version is already published. */
function ownVersion(
  { prompt }: PromptInput,
  versions: readonly VersionRecord[],
): string | undefined {
  const given = prompt.version?.source;
  return given === undefined || versions.some(({ version }) => version === given)
    ? undefined
    : given;
}

function checkVersion(
  version: string,
  latest: string | null,
  name: string,
  { path }: PromptInput,
): void {
  if (!parseVersion(version))
    throw new RegistryError('invalid', `${path}: "${version}" is not a version such as 1.4.0`);
  if (latest !== null && compareVersions(version, latest) <= 0)
    throw new RegistryError(
      'conflict',
      version === latest
        ? `${name}@${version} is already published`
        : `${version} is not higher than ${name}@${latest}`,
    );
}

/** Published versions cannot be deleted, so secrets never get into one. */
async function refuseSecrets({ prompt, path }: PromptInput): Promise<void> {
  const [first] = (await findFileSecrets(prompt)).found;
  if (first)
    throw new RegistryError(
      'invalid',
      `${path} contains what looks like a secret (${first.kind}): remove it first, since published versions cannot be deleted`,
    );
}
