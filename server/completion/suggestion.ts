import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import type { SafeText } from '#core/printing/safe-text.ts';
import type { LineMap, Span } from '#core/text.ts';
import type { Client } from '../client.ts';
import { toMarkup, toRange } from '../to-lsp.ts';

/** A completion, independent of the client's capabilities and of the place. */
export interface Suggestion {
  readonly label: string;
  /** An LSP snippet: `$` and `}` in plain text are escaped, and lines include their indentation. */
  readonly snippet: string;
  readonly kind: 'key' | 'value' | 'variable' | 'model' | 'check' | 'file' | 'snippet' | 'tag';
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: SafeText<'hover'> | null;
  /** Sort key; default: the label. */
  readonly sort?: string;
  readonly replace?: Span;
  /** Data for `completionItem/resolve`. */
  readonly data?: unknown;
}

const KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
  model: CompletionItemKind.Module,
  check: CompletionItemKind.Function,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
  tag: CompletionItemKind.Text,
};

/** Converts a suggestion for the client. `cursor` is the end of the insert range. */
export function toItem(
  suggestion: Suggestion,
  place: { readonly lines: LineMap; readonly replace: Span; readonly cursor: number },
  client: Pick<Client, 'snippets' | 'insertReplace'>,
): CompletionItem {
  const { label, kind, detail, documentation, sort, data } = suggestion;
  const { start, end } = suggestion.replace ?? place.replace;
  const newText = client.snippets ? suggestion.snippet : stripPlaceholders(suggestion.snippet);
  const replace = toRange(place.lines, { start, end });
  const insert = toRange(place.lines, { start, end: place.cursor });
  const isSnippet = client.snippets && /\$/.test(suggestion.snippet);
  return {
    label,
    kind: KINDS[kind],
    textEdit: client.insertReplace ? { newText, insert, replace } : { newText, range: replace },
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(newText.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(detail ? { detail } : {}),
    ...(documentation ? { documentation: toMarkup(documentation) } : {}),
    ...(sort === undefined ? {} : { sortText: sort }),
    ...(data === undefined ? {} : { data }),
  };
}

/** Escapes plain text for a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Removes the tab stops of a snippet: `${1:name}` becomes `name`, and `${1|a,b|}` becomes `a`. */
export function stripPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^{}$]*)\}/g, '$1')
    .replace(/\$\{\d+\|([^,|]*)(?:,[^|}]*)?\|\}/g, '$1')
    .replace(/(?<!\\)\$(\d+|\{\d+\})/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
