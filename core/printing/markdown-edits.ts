import { escapeForMarkdown } from './markdown.ts';
import { type SafeText, trustText } from './safe-text.ts';

/** What a stretch of a compared text is. */
export type EditKind = 'same' | 'removed' | 'added';

/** Deeper indentation is not worth its room. */
const MAX_INDENT = 24;

/**
 * A stretch of one line of a compared text as Markdown: removed text struck through, added text bold. The
 * white space around it stays outside the markers. `isLineStart`: its indentation is kept.
 */
export function formatMarkdownEdit(
  kind: EditKind,
  text: string,
  isLineStart: boolean,
): SafeText<'markdown'> {
  const core = text.trim();
  const lead = text.slice(0, text.length - text.trimStart().length);
  const indent = isLineStart ? '&nbsp;'.repeat(Math.min(MAX_INDENT, lead.length)) : lead && ' ';
  const end = core !== '' && text.trimEnd() !== text ? ' ' : '';
  return trustText(`${indent}${core === '' ? '' : mark(kind, core)}${end}`);
}

function mark(kind: EditKind, core: string): string {
  const escaped = escapeForMarkdown(core);
  if (kind === 'same') return escaped;
  // Next to a mark such as a quote or a bracket, `**` can be text (CommonMark, "flanking delimiter run").
  const isPlain = /^[\p{L}\p{N}]/u.test(core) && /[\p{L}\p{N}]$/u.test(core);
  const [open, close] = MARKERS[kind][isPlain ? 0 : 1];
  return `${open}${escaped}${close}`;
}

const MARKERS = {
  removed: [
    ['~~', '~~'],
    ['<del>', '</del>'],
  ],
  added: [
    ['**', '**'],
    ['<strong>', '</strong>'],
  ],
} as const;
