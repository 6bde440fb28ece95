import type { Trust } from '../prompt/document.ts';

/** What the last word of a variable's name suggests about the origin of its value. Data. */
const WORDS: Readonly<Record<Trust, string>> = {
  external:
    'diff diffs patch issue issues body comment comments email emails mail mails inbox document documents doc docs pdf page pages html webpage website article articles review reviews transcript transcripts log logs commit commits pr prs ticket tickets thread result results context chunk chunks passage passages retrieved attachment attachments resume cv feed post posts tweet tweets readme completion output outputs snippet snippets source sources evidence conversation history submission submissions report reports stacktrace traceback scrape scraped search',
  user: 'input inputs question questions query queries request requests prompt message messages text topic answer answers feedback utterance instruction instructions reply draft essay sentence paragraph claim statement description details',
  trusted:
    'language languages lang locale tone style date time today now year month day timezone version model persona audience level currency format count number max min limit length size repo repository owner tag product company brand role temperature unit units category categories schema id name no nr num index idx offset key slug code line',
};

/** Words that describe a value but not its origin. */
const GENERIC =
  /^(?:text|content|contents|value|values|data|str|string|raw|full|list|item|items|title|url|info|information)$/;

/** Words for what the author's program or another prompt writes. They do not reveal where its content comes from. */
const MADE = /^(?:generated|default|static|fixed|system)$/;

const TRUST: ReadonlyMap<string, Trust> = new Map(
  (['external', 'user', 'trusted'] as const).flatMap((trust) =>
    WORDS[trust].split(' ').map((word) => [word, trust] as const),
  ),
);

/** Guesses trust from a name: `issue_body` is external, `question` a user's, `language` trusted. Null if unknown. */
export function guessTrust(name: string): Trust | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[\s_./-]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  const own = TRUST.get(last);
  if (own === 'trusted') {
    // The name of a language is trusted; that of an issue's author is unknown.
    return last === 'name' || last === 'id' ? guessFromLast(words.slice(0, -1)) : 'trusted';
  }
  const telling = words.filter((word) => !GENERIC.test(word));
  const trusts = (telling.length > 0 ? telling : words).map((word) => TRUST.get(word));
  if (trusts.at(-1) === 'trusted') return 'trusted';
  if (trusts.includes('external')) return 'external';
  if (words.some((word) => MADE.test(word))) return null;
  // The title of a prompt is not the prompt.
  if (telling.length === 1 && telling[0] === 'prompt' && words.length > 1) return null;
  if (trusts.includes('user')) return 'user';
  return own ?? null;
}

function guessFromLast(words: readonly string[]): Trust | null {
  return TRUST.get(words.at(-1) ?? '') === 'trusted' ? 'trusted' : null;
}
