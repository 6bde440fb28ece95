import { parseVersion } from './semver.ts';

/** Folders of a directory registry, which no part of a name may be called. */
const RESERVED: ReadonlySet<string> = new Set(['versions', 'labels', 'evals', 'blobs']);
/** Names that git, Promptsmith or an operating system use themselves. */
const SYSTEM_NAMES =
  /^(?:\.git(?:attributes|ignore|modules|keep)?|\.promptsmith|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?)$/;
const MAX_NAME_LENGTH = 200;
const MAX_PART_LENGTH = 80;

/** Labels that a new registry has in mind; any other may be used too. */
export const USUAL_LABELS: readonly string[] = ['dev', 'staging', 'production'];

/**
 * Why a text is no name of a prompt, in one sentence; null when it is one. Names are parts of lower-case
 * ASCII letters, digits, `.`, `_` and `-`, joined by `/`: no two of them are one on any file system, and
 * none leads out of a folder.
 */
export function findNameProblem(name: string): string | null {
  if (name === '') return 'a name is needed, such as team/summarize';
  if (name.length > MAX_NAME_LENGTH) return `a name has at most ${MAX_NAME_LENGTH} characters`;
  const wrong = findCharacterProblem(name, '/');
  if (wrong !== null) return wrong;
  for (const part of name.split('/')) {
    const problem = findPartProblem(part);
    if (problem !== null) return problem;
    if (RESERVED.has(part)) return `"${part}" is reserved: no part of a name may be called so`;
  }
  return null;
}

/** Why a text is no label; null when it is one. `latest` is derived, a version is no label. */
export function findLabelProblem(label: string): string | null {
  if (label === '') return 'a label is needed, such as production';
  if (label === 'latest') return '"latest" is the highest version: it cannot be moved';
  if (label === 'sha256') return '"sha256" is reserved';
  const wrong = findCharacterProblem(label, '');
  if (wrong !== null) return wrong;
  if (parseVersion(label) || /^v?\d+(?:\.\d+)*$/.test(label))
    return `"${label}" looks like a version: a label is a word`;
  return findPartProblem(label);
}

function findPartProblem(part: string): string | null {
  if (part === '') return 'a part of a name is empty: one "/" between two parts';
  if (/^\.+$/.test(part)) return `"${part}" is a path, not a name`;
  if (part.length > MAX_PART_LENGTH)
    return `a part of a name has at most ${MAX_PART_LENGTH} characters`;
  if (part.endsWith('.')) return `"${part}" ends in a full stop, which some file systems drop`;
  if (part.startsWith('-')) return `"${part}" begins with a hyphen, as options do`;
  if (SYSTEM_NAMES.test(part)) return `"${part}" is a name that git or the system keeps for itself`;
  return null;
}

function findCharacterProblem(text: string, also: string): string | null {
  for (const char of text) {
    if (/[a-z0-9._-]/.test(char) || (also !== '' && char === also)) continue;
    if (/[A-Z]/.test(char))
      return `names are in lower case: "${text.toLowerCase()}", since some file systems take both for one`;
    if (char === '\\') return 'parts are joined by "/", not by "\\"';
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const looks = /\p{L}/u.test(char) ? ', which may look like another letter' : '';
    const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `"${char}" (U+${code})` : `U+${code}`;
    return `${shown} is not allowed${looks}: use a–z, 0–9, ".", "_" and "-"`;
  }
  return null;
}
