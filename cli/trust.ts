import { ModelAccess } from '#app/models/access.ts';
import { Projects } from '#app/prompt/project.ts';
import { parseOrigin } from '#core/models/presets.ts';
import { addConsent, getTrustFilePath } from '#io/models/trust-file.ts';
import { findPostgresOrigin, findRegistryConsent } from '#io/registries/address.ts';
import { type Arguments, type Command, type CommandContext, UsageError } from './command.ts';

export const trust: Command = {
  name: 'trust',
  summary: 'allow a key or password to be sent to an address that the project names',
  operands: 'ORIGIN',
  about: [
    'A key belongs to the address of its provider. If .promptsmith.yaml names another address for it, nothing is sent there until you allow it, once per project and address.',
    'Consents are stored in ~/.config/promptsmith/trust.json. `promptsmith eval --trust <origin>` allows an address for one run only; in CI, set PROMPTSMITH_TRUST to the addresses.',
  ],
  options: [],
  examples: [
    ['trust postgres://db.example:5432', 'allow the registry at this address to be opened'],
    ['trust https://gateway.example', 'allow the project to send its key there'],
  ],
  run,
};

async function run(
  args: Arguments,
  { cwd, environment, terminal }: CommandContext,
): Promise<number> {
  const [given] = args.files;
  if (given === undefined || args.files.length > 1)
    throw new UsageError('trust takes one ORIGIN, such as https://gateway.example.');
  const { root, settings } = await new Projects(cwd).find('any');
  const database = findPostgresOrigin(given);
  if (database !== null) {
    const consent = findRegistryConsent(settings.registry, root);
    if (consent?.origin !== database)
      throw new UsageError(
        `the registry in .promptsmith.yaml is not at ${database}, so there is nothing to allow.`,
      );
    await addConsent(getTrustFilePath(environment), consent);
    const key = consent.key === '' ? 'The registry' : consent.key;
    terminal.print(
      `${key} may now ${consent.key === '' ? 'be opened at' : 'go to'} ${database} from ${root}.`,
    );
    return 0;
  }
  const origin = parseOrigin(given);
  if (origin === null)
    throw new UsageError(
      `${given} is not an address that starts with https://, http:// or postgres://.`,
    );
  const access = await ModelAccess.open({ root, settings, env: environment });
  const consents = access.consentsFor(origin);
  if (consents.length === 0)
    throw new UsageError(
      `no provider in .promptsmith.yaml is at ${origin}, so there is nothing to allow.`,
    );
  for (const consent of consents) {
    await addConsent(getTrustFilePath(environment), consent);
    const what = consent.key === 'none' ? 'Calls' : consent.key;
    terminal.print(`${what} may now go to ${origin} from ${root}.`);
  }
  return 0;
}
