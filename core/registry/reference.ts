import type { Hash } from '../hash.ts';
import { findLabelProblem, findNameProblem } from './names.ts';
import { parseVersion } from './semver.ts';

/** What follows the `@` of a reference. */
export type Pointer =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'latest' }
  /** The hash of the content, or a prefix of it. */
  | { readonly kind: 'hash'; readonly hash: Hash };

/** Names a version of a prompt: `team/summarize@1.4.0`, `@production`, `@latest`, `@sha256:…`. */
export interface Reference {
  readonly name: string;
  readonly pointer: Pointer;
}

/** A shorter prefix of a hash is rejected as ambiguous. */
const MIN_HASH_DIGITS = 8;

/** Parses a reference; `error` says in one clause why it is not valid. A name alone means its latest version. */
export function parseReference(text: string): Reference | { readonly error: string } {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const problem = findNameProblem(name);
  if (problem !== null) return { error: problem };
  const pointer = parsePointer(at < 0 ? 'latest' : text.slice(at + 1));
  return 'error' in pointer ? pointer : { name, pointer };
}

/** Parses what follows the `@`: a version, a label, `latest` or a hash. */
export function parsePointer(text: string): Pointer | { readonly error: string } {
  if (text === 'latest') return { kind: 'latest' };
  if (parseVersion(text)) return { kind: 'version', version: text };
  if (text.startsWith('sha256:')) {
    const digits = text.slice('sha256:'.length);
    if (!/^[0-9a-f]*$/.test(digits) || digits.length < MIN_HASH_DIGITS || digits.length > 64)
      return {
        error: `a hash has ${MIN_HASH_DIGITS} to 64 hexadecimal digits after "sha256:"`,
      };
    return { kind: 'hash', hash: `sha256:${digits}` };
  }
  const problem = findLabelProblem(text);
  return problem === null ? { kind: 'label', label: text } : { error: problem };
}

export function formatPointer(pointer: Pointer): string {
  switch (pointer.kind) {
    case 'version':
      return pointer.version;
    case 'label':
      return pointer.label;
    case 'latest':
      return 'latest';
    case 'hash':
      return pointer.hash;
    default:
      return pointer satisfies never;
  }
}
