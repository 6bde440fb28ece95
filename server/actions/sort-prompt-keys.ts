import { computeHashes } from '#core/eval/hashes.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { findKeys, selectSchema } from '../language/schema.ts';
import { walk } from '../language/tree.ts';

/**
 * Sorts the top-level keys into the order of the schema, each with the comments above it. Null if the
 * keys are already sorted, or if moving them could change the meaning of the file.
 */
export function sortPromptKeys(prompt: PromptDocument): string | null {
  const { root, text, broken } = prompt;
  if (root?.type !== 'map' || root.flow || broken || hasAlias(prompt)) return null;
  const order = [...findKeys(selectSchema('prompt'), []).keys()];
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const starts = root.entries.map((entry) => findChunkStart(text, entry.key.span.start));
  const chunks = root.entries.map((entry, i) => ({
    key: entry.key.source,
    text: text.slice(starts[i], starts[i + 1] ?? text.length),
  }));
  const sorted = chunks.toSorted((a, b) => rank(a.key) - rank(b.key));
  if (sorted.every((chunk, i) => chunk === chunks[i])) return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const body = sorted.map((chunk) => (/[\r\n]$/.test(chunk.text) ? chunk.text : chunk.text + eol));
  const after = text.slice(0, starts[0]) + body.join('');
  return hasSameMeaning(prompt, after) ? after : null;
}

/** The start of the comments directly above a key, without an empty line in between. */
function findChunkStart(text: string, keyStart: number): number {
  let start = text.lastIndexOf('\n', keyStart - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

function hasAlias({ root }: PromptDocument): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= node.alias;
  });
  return found;
}

function hasSameMeaning(before: PromptDocument, text: string): boolean {
  const after = parsePrompt(text);
  return !after.broken && computeHashes(after).content === computeHashes(before).content;
}
