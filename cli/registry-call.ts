import { type Project, Projects } from '#app/prompt/project.ts';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import { readGitUser } from '#io/git.ts';
import { openRegistry } from '#io/registries/address.ts';
import { type Arguments, type CommandContext, type Option, UsageError } from './command.ts';
import { listTrustedOrigins } from './trusted-origins.ts';

/** Options of every command that opens the registry. */
export const REGISTRY_OPTIONS: readonly Option[] = [
  {
    name: 'registry',
    type: 'text',
    value: 'address',
    summary:
      'the registry: a folder, or postgres://…; overrides .promptsmith.yaml (default ./registry)',
  },
  {
    name: 'trust',
    type: 'text',
    value: 'origin',
    repeatable: true,
    summary: 'allow this database, named by .promptsmith.yaml, for this call only',
  },
];

/** The option of every command that writes to the registry. */
export const AUTHOR_OPTION: Option = {
  name: 'author',
  type: 'text',
  value: 'name',
  summary: 'your name, for the history (default: user.name of git)',
};

/** Opens the project's registry for `action` and closes it. Its failures become UsageErrors. */
export async function withRegistry<T>(
  args: Arguments,
  { cwd, environment }: CommandContext,
  action: (registry: Registry, project: Project) => Promise<T>,
): Promise<T> {
  const project = await new Projects(cwd).find('any');
  let registry: Registry | null = null;
  try {
    registry = await openRegistry({
      root: project.root,
      setting: project.settings.registry,
      own: args.text('registry'),
      env: environment,
      trusted: [...args.texts('trust'), ...listTrustedOrigins(environment)],
    });
    return await action(registry, project);
  } catch (error) {
    if (error instanceof RegistryError) throw new UsageError(`${error.message}.`);
    throw error;
  } finally {
    await registry?.close();
  }
}

/** Finds the author: --author, or else user.name of git, or else the account. */
export async function findAuthor(
  args: Arguments,
  { cwd, environment }: CommandContext,
): Promise<string> {
  const name =
    args.text('author') ?? (await readGitUser(cwd)) ?? environment.USER ?? environment.USERNAME;
  if (name?.trim()) return name.trim();
  throw new UsageError('no author: pass --author, or set user.name in git.');
}
