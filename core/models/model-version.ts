import type { ModelId } from './model-id.ts';

/** The day that the newest models of the tables were read, for messages. */
export const FAMILIES_CHECKED_ON = '2026-12-01';

/**
 * The newest version that each maker had on that day; what is newer is taken to behave like it. Sources: the lists of
 * models in the makers' own packages (`openai` 7.59.0, `@anthropic-ai/sdk` 1.14.0) and on their pages.
 */
const NEWEST: readonly (readonly [publisher: string, names: RegExp, newest: readonly number[]])[] =
  [
    ['openai', /^gpt-(\d+)(?:\.(\d+))?(?:-|$)/, [6, 2]],
    ['openai', /^o(\d)(?:-|$)/, [4, 0]],
    ['anthropic', /^claude-[a-z]+-(\d{1,2})(?:[.-](\d{1,2}))?(?:-|$)/, [5, 5]],
    ['google', /^gemini-(\d+)(?:\.(\d+))?(?:-|$)/, [3, 8]],
    ['xai', /^grok-(\d+)(?:\.(\d+))?(?:-|$)/, [4, 3]],
    ['deepseek', /^deepseek-v(\d+)(?:\.(\d+))?(?:-|$)/, [4, 0]],
  ];

/** Makers of open models, which are served everywhere, in more versions than any list has. */
const OPEN_MAKERS: ReadonlySet<string | null> = new Set([
  'qwen',
  'meta',
  'mistral-ai',
  'deepseek',
  'moonshotai',
  'zai',
  'minimax',
  'microsoft',
  'nvidia',
  'ibm',
  'amazon',
]);

/** Google's open models, and its names for whatever is the newest. */
const OPEN_NAMES = /^gemma|^gemini-(?:flash-lite|flash|pro)-latest$|^gemini-3-pro$/;

/** How an unknown id is known all the same: as a newer version of a known family, or as one of an open one. */
export function findFamily({ publisher, name }: ModelId): 'newer' | 'open' | null {
  const isNewer = NEWEST.some(([maker, names, newest]) => {
    const match = maker === publisher ? names.exec(name) : null;
    return match !== null && compareVersions(readNumbers(match.slice(1)), newest) > 0;
  });
  if (isNewer) return 'newer';
  return OPEN_MAKERS.has(publisher) || OPEN_NAMES.test(name) ? 'open' : null;
}

/** True where two names differ in their numbers alone: another version, not a slip of the keyboard. */
export function isOtherVersion(name: string, other: string): boolean {
  return (
    stripNumbers(name) === stripNumbers(other) &&
    compareVersions(listNumbers(name), listNumbers(other)) !== 0
  );
}

/** True where the numbers of a name are lower than those of another one. */
export function isOlder(name: string, than: string): boolean {
  return compareVersions(listNumbers(name), listNumbers(than)) < 0;
}

/** The numbers of a name without the day of a snapshot. */
function listNumbers(name: string): number[] {
  return readNumbers(name.replace(DATE, '').match(/\d+/g) ?? []);
}

const DATE = /\d{4}-\d{2}-\d{2}|\d{8}/;

function stripNumbers(name: string): string {
  return name.replace(DATE, '').replace(/[\d._-]/g, '');
}

function readNumbers(texts: readonly (string | undefined)[]): number[] {
  return texts.map((text) => Number(text ?? 0));
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
