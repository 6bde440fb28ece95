import { findClosest } from '../../find-closest.ts';
import { guessType } from '../../json-schema-problems.ts';
import type { Fix } from '../../lint/engine/rule.ts';
import { flowText, replaceScalar } from '../../prompt/edit.ts';
import { type Node, type ScalarNode, toJson } from '../../prompt/node.ts';
import type { SchemaViolation } from '../../prompt/schema.ts';

/** Suggests fixes for a value: quotes, an allowed word, JSON text. */
export function fixViolation(
  { keyword, node, allowed = [], path }: SchemaViolation,
  text: string,
): Fix[] {
  if (!node || node.alias) return [];
  const isText = keyword === 'type' && allowed.includes('string');
  if (isText && node.type === 'scalar' && node.value !== null) {
    const edits = [{ span: node.span, text: flowText(node.source, 'single') }];
    // Templates are read as written anyway; for other texts, programs differ in how they read `1.0`.
    const safe = path.at(-1) === 'content' || path.at(-1) === 'prompt';
    return [{ title: `Put \`${node.source}\` in quotes`, safe, edits }];
  }
  if (isText && path[0] === 'jsonSchema' && node.type === 'map' && !node.flow)
    return [writeAsJsonText(node, text)];
  if (keyword === 'enum' && node.type === 'scalar') return suggestValue(node, allowed, text);
  return [];
}

const ROLES: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  developer: 'system',
};

function suggestValue(node: ScalarNode, allowed: readonly string[], text: string): Fix[] {
  const word = node.source.trim().toLowerCase();
  const known = [ROLES[word], guessType(word)].find((one) => one && allowed.includes(one));
  const value = known ?? findClosest(word, allowed);
  if (value === undefined) return [];
  const edits = [replaceScalar(node, text, value)];
  return [{ title: `Change it to \`${value}\``, safe: false, edits }];
}

/** Writes the map as the JSON text that the format requires. Comments are lost, so the fix is not safe. */
function writeAsJsonText(node: Node, text: string): Fix {
  const lineStart = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const indent = ' '.repeat(node.span.start - lineStart);
  const json = JSON.stringify(toJson(node), null, 2).replaceAll('\n', `\n${indent}`);
  const colon = text.lastIndexOf(':', node.span.start);
  const end = text[node.span.end - 1] === '\n' ? node.span.end - 1 : node.span.end;
  const edits = [{ span: { start: colon + 1, end }, text: ` |-\n${indent}${json}` }];
  return { title: 'Write the schema as JSON text', safe: false, edits };
}
