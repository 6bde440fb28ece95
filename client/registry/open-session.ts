import { window } from 'vscode';
import type { Project } from '#app/prompt/project.ts';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import type { Consent } from '#io/models/keys.ts';
import { checkRegistryNeeds, findRegistryConsent, openRegistry } from '#io/registries/address.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { formatSecretKey, readRegistrySecrets } from '../keys/registry-secrets.ts';
import { RegistrySession } from './session.ts';

/**
 * Opens the registry of a project. With `ask`, the user is asked for consent before a database that the
 * project specifies is opened, and for a missing or wrong password. Null if it needs the user and `ask` is
 * false, or if the user declines.
 */
export async function openSession(
  keys: ApiKeys,
  project: Project,
  ask: boolean,
): Promise<RegistrySession | null> {
  const { root } = project;
  const setting = project.settings.registry;
  const place = findRegistryConsent(setting, root);
  if (!place)
    return new RegistrySession(project, await openRegistry({ root, setting, env: process.env }));
  for (;;) {
    const values = await readRegistrySecrets(keys, place);
    const entered = Object.keys(values);
    const sources = { root, setting, env: { ...values, ...process.env }, consents: keys.consents };
    const { consent, missing } = await checkRegistryNeeds(sources);
    if (!ask && (consent || missing.length > 0)) return null;
    if (consent) {
      if (!(await askForConsent(consent))) return null;
      await keys.allow(consent);
      continue;
    }
    if (missing.length > 0) {
      if (!(await askForSecrets(keys, place, missing))) return null;
      continue;
    }
    const registry = await openRegistry(sources);
    if (!ask || !(await isAccessDenied(registry))) return new RegistrySession(project, registry);
    await registry.close();
    if (entered.length === 0) return new RegistrySession(project, await openRegistry(sources));
    for (const name of entered) await keys.remove(formatSecretKey(place, name));
  }
}

/** Whether the registry rejects the user or the password. */
async function isAccessDenied(registry: Registry): Promise<boolean> {
  try {
    await registry.versions('any');
    return false;
  } catch (error) {
    return error instanceof RegistryError && error.kind === 'denied';
  }
}

async function askForConsent({ origin, key }: Consent): Promise<boolean> {
  const allow = 'Allow';
  const detail =
    key === ''
      ? 'The project settings specify this registry. Prompts that you publish are sent there.'
      : `The project settings specify this registry. ${key} and the prompts that you publish are sent there.`;
  const question = `Open the registry ${origin}?`;
  return (await window.showWarningMessage(question, { modal: true, detail }, allow)) === allow;
}

async function askForSecrets(
  keys: ApiKeys,
  place: Consent,
  missing: readonly string[],
): Promise<boolean> {
  for (const name of missing) {
    const value = await window.showInputBox({
      title: `${name} for the registry ${place.origin}`,
      prompt: 'The value is kept in the secret storage of VS Code.',
      password: true,
      ignoreFocusOut: true,
    });
    if (!value) return false;
    await keys.store(formatSecretKey(place, name), value);
  }
  return true;
}
