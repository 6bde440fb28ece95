import { fillTemplate, type SafeText, type SafeValue, trustText } from './safe-text.ts';
import { showInvisible } from './show-invisible.ts';

/** Markdown from literals and safe values. */
export function markdown(
  literals: TemplateStringsArray,
  ...values: readonly SafeValue<'markdown'>[]
): SafeText<'markdown'> {
  return fillTemplate(literals, values);
}

/** Any text as one line of Markdown that shows it as it is: no markup, link, mention, tag or table cell. */
export function escapeForMarkdown(text: string): SafeText<'markdown'> {
  return trustText(
    escapeMarkdown(text).replace(GITHUB_MARKUP, (found, escaped: string | undefined) => {
      if (found.endsWith('$')) return '<span>$</span>';
      return escaped === undefined ? `${found}&#8203;` : found;
    }),
  );
}

/**
 * What GitHub finds in the text itself, where a backslash does not help: @user, #12, GH-12 and :emoji:, which
 * a space of no width interrupts, and formulas, which a dollar sign in an element does not begin. A dollar
 * sign before a digit begins one, but ends none. A backslash takes the character after it along.
 */
const GITHUB_MARKUP = /\\?#(?=\d)|\\(.)|(?<!\w)@(?=\w)|\bGH-(?=\d)|:(?=[\w+-]+:)|\$(?!\d)/gs;

/** Any text as inline code on one line, cut at `length` UTF-16 units; `(empty)` for none. */
export function formatMarkdownCode(text: string, length = 80): SafeText<'markdown'> {
  return trustText(wrapInBackticks(text, length));
}

/**
 * Any text as a block of code, cut at `length` UTF-16 units: nothing in it is markup, a mention or the end of
 * the block.
 */
export function formatMarkdownBlock(text: string, length: number): SafeText<'markdown'> {
  const rest = text.length - length;
  const shown = rest > 0 ? `${cutText(text, length)}\n… ${rest} more characters` : text;
  const safe = showInvisible(shown);
  const runs = safe.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return trustText(`${fence}\n${safe}\n${fence}`);
}

/** What every dialect of Markdown shows as the text itself, on one line. */
export function escapeMarkdown(text: string): string {
  return (
    oneLine(text)
      .replace(/[\\`*{}[\]<>|~&]|(?<![a-z0-9])_|_(?![a-z0-9])|\$(?=\()/gi, '\\$&')
      // A bare address becomes a link without any markup around it.
      .replace(/:(?=\/\/)|(?<=www)\.|(?<=\w)@/gi, '\\$&')
      // The beginning of a line makes headings, lists and rules.
      .replace(/^(\d{1,9})(?=[.)](?:\s|$))|^(?=[#+=-])/, '$1\\')
  );
}

/** Inline code with more backticks around it than stand together inside. */
export function wrapInBackticks(text: string, length: number): string {
  const line = oneLine(text);
  if (line === '') return '(empty)';
  const shown = line.length > length ? `${cutText(line, length - 1)}…` : line;
  const runs = shown.match(/`+/g) ?? [];
  if (runs.length === 0) return `\`${shown}\``;
  const fence = '`'.repeat(Math.max(...runs.map((run) => run.length)) + 1);
  return `${fence} ${shown} ${fence}`;
}

function oneLine(text: string): string {
  return showInvisible(text.replace(/\s+/g, ' ').trim());
}

/** The first UTF-16 units of a text, without half of a surrogate pair. */
function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
