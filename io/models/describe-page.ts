/** The longest beginning of a page that is read. */
const MAX_PAGE = 20_000;

/** True for HTML and XML. */
export function isMarkup(text: string): boolean {
  return /^[\s\ufeff]*<[!?a-z]/i.test(text);
}

/** True for bytes that were read as text. */
export function isBinary(text: string): boolean {
  const beginning = text.slice(0, 500);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is searched for
  const strange = beginning.match(/[\0-\x06\x0e-\x1a\ufffd]/g) ?? [];
  return strange.length > beginning.length / 10;
}

/** What a page says: its title, and its text. */
export function describePage(page: string): string {
  const beginning = takeWords(page, MAX_PAGE);
  const title = readText(/<title[^<>]{0,200}>([^<]*)/i.exec(beginning)?.[1] ?? '');
  const text = readText(
    beginning
      .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
      .replace(/<(script|style|title)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
      .replace(/<[^<>]*>/g, ' '),
  );
  const said = text === '' || text.startsWith(title) ? text || title : `${title}. ${text}`;
  return said === '' ? 'a page without text' : said;
}

/** The beginning of a text up to the last blank: half a key would not be found in it. */
export function takeWords(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max;
  while (end > 0 && !/\s/.test(text.charAt(end))) end--;
  return text.slice(0, end);
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text that stands between tags, as a reader sees it. */
function readText(markup: string): string {
  return markup
    .replace(
      /&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/gi,
      (entity, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
        return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16));
      },
    )
    .replace(/\s+/g, ' ')
    .trim();
}
