import type { RegistryAction } from '../registry/actions.ts';
import type { Command } from './command.ts';

const ACTIONS = [
  'publishVersion',
  'releasePrompt',
  'promoteVersion',
  'rollBackLabel',
  'diffWithProduction',
  'diffWith',
  'findPublished',
  'refreshRegistry',
  'copyReference',
  'showDifferences',
] as const satisfies readonly RegistryAction[];

/** The commands of the registry; their code is loaded with it. */
export const registryCommands: readonly Command[] = ACTIONS.map((action) => ({
  id: `promptsmith.${action}`,
  run: ({ registry }, ...args) => registry.run(action, args),
}));
