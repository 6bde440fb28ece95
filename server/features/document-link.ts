import type { DocumentLink } from 'vscode-languageserver';
import { getFolder, pathToUri, resolvePath, uriToPath } from '#io/files.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { toRange } from '../to-lsp.ts';

/** Links to the test files and the schema of a file. */
export const documentLink: Feature = {
  name: 'document links',
  capabilities: () => ({ documentLinkProvider: {} }),
  register: (context) =>
    context.connection.onDocumentLinks(
      createDocumentHandler(context, 'document links', [] as DocumentLink[], findLinks),
    ),
};

const SCHEMA = /^#\s*yaml-language-server:\s*\$schema=(\S+)/gm;

export function findLinks({ prompt, lines, uri, text }: Analysis): DocumentLink[] {
  const path = uriToPath(uri);
  const target = (name: string): string | null => {
    if (/^https?:\/\//.test(name)) return name;
    return path === null ? null : pathToUri(resolvePath(getFolder(path), name));
  };
  const links: DocumentLink[] = [];
  // A glob does not identify a single file.
  for (const { pattern, span } of prompt.testFiles) {
    const file = /[*?{[]/.test(pattern) ? null : target(pattern);
    if (file) links.push({ range: toRange(lines, span), target: file });
  }
  for (const match of text.matchAll(SCHEMA)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    const file = target(name);
    if (file)
      links.push({ range: toRange(lines, { start, end: start + name.length }), target: file });
  }
  return links;
}
