import { buildTagName } from '#core/lint/template-edits.ts';
import type { Analysis } from '../analysis.ts';
import { listVariableNames } from '../language/variables.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

/** Maximum distance from the cursor to an open tag, in UTF-16 units. */
const MAX_DISTANCE = 20_000;

/** After `<`: the closing tag of the open tag, and data tags around a variable. */
export function suggestTags(analysis: Analysis, cursor: number): Suggestion[] {
  const { text, prompt } = analysis;
  let start = cursor;
  while (start > 0 && cursor - start < 100 && /[\w.\-/]/.test(text[start - 1] ?? '')) start--;
  if (text[start - 1] !== '<') return [];
  const replace = { start: start - 1, end: cursor };
  const open = findOpenTag(text.slice(Math.max(0, start - 1 - MAX_DISTANCE), start - 1));
  const closing: Suggestion[] = open
    ? [{ label: `</${open}>`, kind: 'tag', snippet: `</${open}>`, replace, sort: '0' }]
    : [];
  const indent = ' '.repeat(analysis.lines.position(start - 1).character);
  const around = listVariableNames(prompt).map((name): Suggestion => {
    const tag = buildTagName(name.replaceAll('.', '-'));
    const body = `<${tag}>\n${indent}{{${escapeSnippet(name)}\\}\\}\n${indent}</${tag}>`;
    return {
      label: `<${tag}>`,
      kind: 'tag',
      snippet: body,
      detail: `Data tags around {{${name}}}`,
      replace,
    };
  });
  return [...closing, ...around];
}

/** The last tag that is not closed. */
function findOpenTag(text: string): string | null {
  const open: string[] = [];
  for (const [, slash, name = ''] of text.matchAll(/<(\/?)([A-Za-z][\w.-]{0,60})>/g)) {
    if (!slash) open.push(name);
    else if (open.includes(name)) open.length = open.lastIndexOf(name);
  }
  return open.at(-1) ?? null;
}
