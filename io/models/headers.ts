import {
  type Consent,
  type Consents,
  findSecret,
  isBound,
  type KeySources,
  mayGoTo,
} from './keys.ts';
import type { ProviderAddress } from './providers.ts';

/** The headers that settings add to the calls of a provider. Values of variables are in no message. */
export type HeaderBinding =
  | {
      readonly kind: 'headers';
      readonly headers: Readonly<Record<string, string>>;
      /** Values of variables: what must appear nowhere. */
      readonly secrets: readonly string[];
    }
  | { readonly kind: 'missing'; readonly variables: readonly string[]; readonly message: string }
  | { readonly kind: 'needs-consent'; readonly consent: Consent; readonly message: string };

const VARIABLE = /\$\{env:([A-Za-z_]\w{0,99})\}/g;

/** The variables that the headers of a provider name. */
export function listHeaderVariables({ headers }: Pick<ProviderAddress, 'headers'>): string[] {
  const found = Object.values(headers).flatMap((text) => [...text.matchAll(VARIABLE)]);
  return [...new Set(found.map(([, name = '']) => name))];
}

/**
 * Fills the headers of a provider. A variable in a header is bound like a key: it goes to an origin that a
 * workspace file names only after consent.
 */
export function bindHeaders(
  address: ProviderAddress,
  sources: KeySources,
  consents: Consents,
): HeaderBinding {
  const { origin, name } = address;
  const variables = listHeaderVariables(address);
  const values = new Map<string, string>();
  for (const variable of variables) {
    const value = findSecret(variable, sources);
    if (value === undefined) {
      const message = `a header for ${origin} needs ${variable}: set it`;
      return { kind: 'missing', variables: [variable], message };
    }
    if (!isBound(variable, address, sources) && !mayGoTo(origin, variable, consents)) {
      const consent = { root: consents.root, origin, key: variable };
      const message = `${variable} would go to ${origin} in a header: allow it with \`promptsmith trust ${origin}\``;
      return { kind: 'needs-consent', consent, message };
    }
    values.set(variable, value);
  }
  const headers: Record<string, string> = {};
  for (const [header, text] of Object.entries(address.headers)) {
    const filled = text.replace(VARIABLE, (_, variable: string) => values.get(variable) ?? '');
    if (!isHeaderValue(filled)) {
      const message = `the header ${header} of ${name} has a character that no header may have`;
      return { kind: 'missing', variables: [], message };
    }
    headers[header.toLowerCase()] = filled;
  }
  return { kind: 'headers', headers, secrets: [...values.values()] };
}

/** Visible ASCII, spaces and tabs: what every server reads alike. */
function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text);
}
