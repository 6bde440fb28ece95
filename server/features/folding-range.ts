import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { Node } from '#core/prompt/node.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findVisibleEnd } from '../language/tree.ts';

/** Folds multi-line keys, list items and groups of comments. */
export const foldingRange: Feature = {
  name: 'folding ranges',
  capabilities: () => ({ foldingRangeProvider: true }),
  register: (context) =>
    context.connection.onFoldingRanges(
      createDocumentHandler(context, 'folding ranges', [] as FoldingRange[], findFolds),
    ),
};

export function findFolds(analysis: Analysis): FoldingRange[] {
  const { lines, text, prompt } = analysis;
  const folds = new Map<number, FoldingRange>();
  const add = (start: number, value: Node): void => {
    const startLine = lines.position(start).line;
    const endLine = lines.position(findVisibleEnd(value, start, text)).line;
    // If several start on one line, the outermost is visited first.
    if (endLine > startLine && !folds.has(startLine)) folds.set(startLine, { startLine, endLine });
  };
  const visit = (node: Node): void => {
    if (node.alias) return;
    if (node.type === 'list') {
      for (const item of node.items) {
        add(item.span.start, item);
        visit(item);
      }
    }
    if (node.type === 'map') {
      for (const { key, value } of node.entries) {
        add(key.span.start, value);
        visit(value);
      }
    }
  };
  if (prompt.root) visit(prompt.root);
  return [...folds.values(), ...findCommentFolds(analysis)].sort(
    (a, b) => a.startLine - b.startLine,
  );
}

function findCommentFolds({ lines }: Analysis): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let start = -1;
  for (let line = 0; line <= lines.lineCount; line++) {
    const isComment = line < lines.lineCount && lines.line(line).startsWith('#');
    if (isComment && start < 0) start = line;
    if (!isComment && start >= 0) {
      if (line - 1 > start)
        folds.push({ startLine: start, endLine: line - 1, kind: FoldingRangeKind.Comment });
      start = -1;
    }
  }
  return folds;
}
