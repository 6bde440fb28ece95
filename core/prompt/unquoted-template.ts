import type { Span } from '../text.ts';
import type { Node } from './node.ts';

/** True for `{{name}}` without quotes, which YAML reads as a map in a map. */
export function isUnquotedTemplate(node: Node, text: string): boolean {
  if (node.type !== 'map' || !node.flow || node.alias) return false;
  const { start, end } = node.span;
  return end - start < 200 && /^\{\{\s*[^\s{}:,][^{}:,\n]*\}\}$/.test(text.slice(start, end));
}

/** Finds every unquoted template of a tree, in file order. */
export function findUnquotedTemplates(root: Node | null, text: string): Node[] {
  const found: Node[] = [];
  if (!text.includes('{{')) return found;
  const visit = (node: Node): void => {
    if (node.alias) return;
    if (isUnquotedTemplate(node, text)) found.push(node);
    else if (node.type === 'list') node.items.forEach(visit);
    else if (node.type === 'map') for (const { value } of node.entries) visit(value);
  };
  if (root) visit(root);
  return found;
}

/**
 * For a syntax error after an unquoted template (`content: {{name}} and more`): finds the intended text,
 * from its first brace to the end of the line or to a comment.
 */
export function findUnquotedText(text: string, offset: number): Span | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(lineStart, newline < 0 ? text.length : newline).replace(/\r$/, '');
  const head = /^ *(?:- +)?(?:[\w$-]+: +)?(?=\{\{)/.exec(line)?.[0];
  if (head === undefined) return null;
  const value = line
    .slice(head.length)
    .replace(/(?<!\s)\s+#.*$/, '')
    .trimEnd();
  const start = lineStart + head.length;
  return { start, end: start + value.length };
}
