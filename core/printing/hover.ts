import { escapeMarkdown, wrapInBackticks } from './markdown.ts';
import { fillTemplate, type SafeText, type SafeValue, trustText } from './safe-text.ts';

/*
 * Markdown that an editor shows beside code: hovers, tooltips, documentation of completions. An editor
 * loads pictures and may run command links in it, so links and pictures come from our literals alone.
 */

/** Markdown of a hover from literals and safe values. */
export function hover(
  literals: TemplateStringsArray,
  ...values: readonly SafeValue<'hover'>[]
): SafeText<'hover'> {
  return fillTemplate(literals, values);
}

/** Any text as one line of a hover that shows it as it is. */
export function escapeForHover(text: string): SafeText<'hover'> {
  return trustText(escapeMarkdown(text));
}

/** Any text as inline code on one line, cut at `length` UTF-16 units; `(empty)` for none. */
export function formatHoverCode(text: string, length = 80): SafeText<'hover'> {
  return trustText(wrapInBackticks(text, length));
}
