import type { Check } from '../../eval/checks/check.ts';
import type { Fix } from '../../lint/engine/rule.ts';
import type { Evaluator } from '../../prompt/document.ts';
import { flowText, insertEntry, replaceScalar, setScalar } from '../../prompt/edit.ts';
import { findEntry, type Node, readString, type ScalarNode } from '../../prompt/node.ts';

/** Flags at the head of a pattern, as Python and PCRE write them: `(?i)`, `(?is)`. */
const HEAD = /^\(\?([imsu]{1,4})\)/;

/** What to say about flags at the head of a pattern, which JavaScript has not, and the fix. Null without any. */
export function explainInlineFlags(
  check: Check,
  { body, aliasOf }: Evaluator,
  text: string,
): { readonly message: string; readonly fixes: readonly Fix[] } | null {
  if (body.type !== 'uses' || !check.parameters.some(({ name }) => name === 'flags')) return null;
  const node = body.with?.type === 'map' ? findEntry(body.with, 'value')?.value : body.with;
  const pattern = readString(node);
  const [head, written] = HEAD.exec(pattern ?? '') ?? [];
  if (head === undefined || written === undefined || node?.type !== 'scalar') return null;
  const given = findEntry(body.with, 'flags')?.value;
  const flags = [...new Set((readString(given) ?? '') + written)].join('');
  const message = `\`${head}\` is not part of JavaScript’s patterns. Write it as \`flags: ${flags}\`.`;
  // An alias such as `regex:` has no place for flags.
  const edits =
    aliasOf === undefined
      ? writeFlags(body.with, node, (pattern ?? '').slice(head.length), flags, text)
      : null;
  const fixes = edits ? [{ title: `Write \`flags: ${flags}\``, safe: false, edits }] : [];
  return { message, fixes };
}

function writeFlags(
  parameters: Node | null,
  node: ScalarNode,
  pattern: string,
  flags: string,
  text: string,
): Fix['edits'] | null {
  if (node.alias || pattern === '') return null;
  if (parameters?.type !== 'map') {
    if (node.style === 'literal' || node.style === 'folded') return null;
    const value = flowText(pattern, node.style === 'double' ? 'double' : 'single');
    return [{ span: node.token, text: `{ value: ${value}, flags: ${flags} }` }];
  }
  if (parameters.alias) return null;
  const entry = findEntry(parameters, 'flags');
  const rest = replaceScalar(node, text, pattern);
  if (!entry) {
    const after = findEntry(parameters, 'value');
    return [rest, insertEntry(parameters, 'flags', flags, text, after)];
  }
  return entry.value.type === 'scalar' && !entry.value.alias
    ? [rest, setScalar(entry.value, text, flags)]
    : null;
}
