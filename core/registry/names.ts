import { parseVersion } from './semver.ts';

/** Folders of a directory registry; no part of a name may be one of them. */
const RESERVED: ReadonlySet<string> = new Set(['versions', 'labels', 'evals', 'blobs']);
/** Names that git, Promptsmith or an operating system reserve. */
const SYSTEM_NAMES =
  /^(?:\.git(?:attributes|ignore|modules|keep)?|\.promptsmith|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?)$/;
const MAX_NAME_LENGTH = 200;
const MAX_PART_LENGTH = 80;

/** Labels that are suggested first; any other can be used too. */
export const USUAL_LABELS: readonly string[] = ['dev', 'staging', 'production'];

/**
 * Why a text is not a valid name of a prompt, in one clause; null when it is valid. A name consists of parts
 * separated by `/`, of lowercase ASCII letters, digits, `.`, `_` and `-`: no two names are the same file
 * on any file system, and none leads out of its folder.
 */
export function findNameProblem(name: string): string | null {
  if (name === '') return 'a name is required, such as team/summarize';
  if (name.length > MAX_NAME_LENGTH) return `a name has at most ${MAX_NAME_LENGTH} characters`;
  const wrong = findCharacterProblem(name, '/');
  if (wrong !== null) return wrong;
  for (const part of name.split('/')) {
    const problem = findPartProblem(part);
    if (problem !== null) return problem;
    if (RESERVED.has(part)) return `"${part}" is reserved and cannot be part of a name`;
  }
  return null;
}

/** Why a text is not a valid label; null when it is. `latest` is derived, and a version is not a label. */
export function findLabelProblem(label: string): string | null {
  if (label === '') return 'a label is required, such as production';
  if (label === 'latest')
    return '"latest" always points to the highest version and cannot be moved';
  if (label === 'sha256') return '"sha256" is reserved';
  const wrong = findCharacterProblem(label, '');
  if (wrong !== null) return wrong;
  if (parseVersion(label) || /^v?\d+(?:\.\d+)*$/.test(label))
    return `"${label}" looks like a version; a label is a word, such as staging`;
  return findPartProblem(label);
}

function findPartProblem(part: string): string | null {
  if (part === '') return 'a part of the name is empty: put a single "/" between parts';
  if (/^\.+$/.test(part)) return `"${part}" is a path, not a name`;
  if (part.length > MAX_PART_LENGTH)
    return `a part of a name has at most ${MAX_PART_LENGTH} characters`;
  if (part.endsWith('.')) return `"${part}" ends with a period, which some file systems remove`;
  if (part.startsWith('-')) return `"${part}" starts with a hyphen, so it looks like an option`;
  if (SYSTEM_NAMES.test(part)) return `"${part}" is reserved by git or an operating system`;
  return null;
}

function findCharacterProblem(text: string, also: string): string | null {
  for (const char of text) {
    if (/[a-z0-9._-]/.test(char) || (also !== '' && char === also)) continue;
    if (/[A-Z]/.test(char))
      return `names are lowercase, since some file systems ignore case: use "${text.toLowerCase()}"`;
    if (char === '\\') return 'parts are separated by "/", not "\\"';
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const looks = /\p{L}/u.test(char) ? ', which may look like another letter' : '';
    const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `"${char}" (U+${code})` : `U+${code}`;
    return `${shown} is not allowed${looks}: use a–z, 0–9, ".", "_" and "-"`;
  }
  return null;
}
