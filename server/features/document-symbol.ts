import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { MapEntry, Node } from '#core/prompt/node.ts';
import type { Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findVisibleEnd } from '../language/tree.ts';
import { toRange } from '../to-lsp.ts';

/** The outline: top-level keys with their messages, variables, rows and evaluators. */
export const documentSymbol: Feature = {
  name: 'document symbols',
  capabilities: () => ({ documentSymbolProvider: true }),
  register: (context) =>
    context.connection.onDocumentSymbol(
      createDocumentHandler(context, 'document symbols', [], (analysis) => {
        const symbols = buildSymbols(analysis);
        if (context.client.hierarchicalSymbols) return symbols;
        const { uri } = analysis;
        return flatten(symbols).map(({ name, kind, range }) => ({
          name,
          kind,
          location: { uri, range },
        }));
      }),
    ),
};

export function buildSymbols(analysis: Analysis): DocumentSymbol[] {
  const { root } = analysis.prompt;
  return root?.type === 'map' ? root.entries.map((entry) => buildEntrySymbol(analysis, entry)) : [];
}

function buildEntrySymbol(analysis: Analysis, entry: MapEntry): DocumentSymbol {
  const { key, value } = entry;
  const items = value.alias || value.type !== 'list' ? [] : value.items;
  const inner = value.alias || value.type !== 'map' ? [] : value.entries;
  const children = [
    ...items.flatMap((item, i) => buildItemSymbol(analysis, key.source, item, i)),
    ...inner.map((one) =>
      createSymbol(
        analysis,
        one.key.source,
        summarizeValue(one.value),
        SymbolKind.Property,
        one.span,
        one.key.span,
        one.value,
      ),
    ),
  ];
  const kind =
    value.type === 'list'
      ? SymbolKind.Array
      : value.type === 'map'
        ? SymbolKind.Object
        : SymbolKind.Property;
  const own = createSymbol(
    analysis,
    key.source,
    summarizeValue(value),
    kind,
    entry.span,
    key.span,
    value,
  );
  return children.length > 0 ? { ...own, children } : own;
}

function buildItemSymbol(
  analysis: Analysis,
  key: string,
  item: Node,
  index: number,
): DocumentSymbol[] {
  const { prompt } = analysis;
  const start = { start: item.span.start, end: item.span.start };
  const make = (name: string, detail: string, kind: SymbolKind): DocumentSymbol[] => [
    createSymbol(analysis, name, detail, kind, item.span, start, item),
  ];
  switch (key) {
    case 'messages': {
      const message = prompt.messages[index];
      return make(
        message?.role ?? `message ${index + 1}`,
        truncateFirstLine(message?.content?.text ?? ''),
        SymbolKind.String,
      );
    }
    case 'testData': {
      const row = prompt.rows[index];
      const [first] = row?.values.values() ?? [];
      return make(
        row?.meta.name ?? `row ${index + 1}`,
        truncateFirstLine(first?.text ?? ''),
        SymbolKind.Struct,
      );
    }
    case 'evaluators':
      return make(prompt.evaluators[index]?.name ?? '', '', SymbolKind.Function);
    case 'variables': {
      const variable = prompt.variables.find(({ span }) => span.start === item.span.start);
      return variable ? make(variable.name, variable.description ?? '', SymbolKind.Variable) : [];
    }
    default:
      return item.type === 'scalar' ? make(item.source, '', SymbolKind.String) : [];
  }
}

function createSymbol(
  { lines, text }: Analysis,
  name: string,
  detail: string,
  kind: SymbolKind,
  span: Span,
  selection: Span,
  value: Node,
): DocumentSymbol {
  const end = findVisibleEnd(value, Math.max(selection.end, span.start), text);
  return {
    // Clients reject an empty name.
    name: name.trim() || '(unnamed)',
    kind,
    range: toRange(lines, { start: span.start, end }),
    selectionRange: toRange(lines, selection),
    ...(detail ? { detail } : {}),
  };
}

function summarizeValue(value: Node): string {
  return value.type === 'scalar' ? truncateFirstLine(value.source) : '';
}

function truncateFirstLine(text: string): string {
  const line =
    text
      .slice(0, 200)
      .trimStart()
      .split(/[\r\n]/)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function flatten(symbols: readonly DocumentSymbol[]): DocumentSymbol[] {
  return symbols.flatMap((one) => [one, ...flatten(one.children ?? [])]);
}
