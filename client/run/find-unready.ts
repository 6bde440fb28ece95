import type { ModelAccess } from '#app/models/access.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { UserError } from '#core/user-error.ts';
import type { Consent } from '#io/models/keys.ts';

/** What a call of a model still needs from the user: a key, or the consent to send one. */
export type Unready =
  | {
      readonly kind: 'key';
      readonly origin: string;
      readonly baseUrl: string;
      readonly api?: ModelApi;
    }
  | { readonly kind: 'consent'; readonly consent: Consent };

/** What `findUnready` asks about the models of a project. */
export type AccessLookup = Pick<ModelAccess, 'target' | 'hosted' | 'binding' | 'addresses'>;

/** The first thing that calls of these models need from the user; null when all can be called. Throws UserError. */
export function findUnready(access: AccessLookup, ids: readonly string[]): Unready | null {
  for (const id of ids) {
    const target = access.target(id);
    if ('error' in target) throw new UserError(`${target.error}.`);
    if (access.hosted(target.provider)) continue;
    const binding = access.binding(target.provider);
    switch (binding.kind) {
      case 'key':
      case 'none':
        break;
      case 'unknown':
        throw new UserError(`${binding.message}.`);
      case 'needs-consent':
        return { kind: 'consent', consent: binding.consent };
      case 'missing': {
        const address = access.addresses().find(({ name }) => name === target.provider);
        return {
          kind: 'key',
          origin: target.origin,
          baseUrl: address?.baseUrl ?? target.origin,
          ...(target.connection ? { api: target.connection.api } : {}),
        };
      }
      default:
        binding satisfies never;
    }
  }
  return null;
}
