import type { EvalWorld } from '#app/eval/eval-world.ts';
import { openSpending } from '#app/eval/spending-booking.ts';
import { ModelAccess } from '#app/models/access.ts';
import { findPrompt } from '#app/prompt/find-prompt.ts';
import { pickProxies } from '#io/models/network.ts';
import { openRegistry } from '#io/registries/address.ts';
import type { CommandContext } from './command.ts';
import { listTrustedOrigins } from './trusted-origins.ts';
import { version } from './version.ts';

/** Models and registries by the environment and the project's files; `trusted` are origins of this command alone. */
export function createEvalWorld(
  { environment: env, cwd }: CommandContext,
  trusted: readonly string[],
): EvalWorld {
  const origins = [...trusted, ...listTrustedOrigins(env)];
  const network = { proxies: pickProxies(env) };
  return {
    openAccess: (project) => ModelAccess.open({ ...project, env, trusted: origins, network }),
    openRegistry: ({ root, settings }) =>
      openRegistry({ root, setting: settings.registry, env, trusted: origins }),
    openSpending: () => openSpending(env),
    openPrompt: (path) => findPrompt(path, cwd),
    tool: `promptsmith ${version}`,
  };
}
