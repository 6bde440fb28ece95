import { hover } from '#core/printing/hover.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { Path } from '#core/prompt/locate.ts';
import type { Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { describeVariable } from '../hover/variable-hover.ts';
import { listVariableNames } from '../language/variables.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

/** A `{{` before the cursor, followed only by a name. */
export interface OpenBraces {
  /** The name typed so far, including blanks. */
  readonly name: Span;
  readonly isClosed: boolean;
}

/** Finds the open braces at a cursor, or null. */
export function findOpenBraces(text: string, cursor: number): OpenBraces | null {
  let start = cursor;
  while (start > 0 && cursor - start < 100 && NAME_CHAR.test(text[start - 1] ?? '')) start--;
  if (text.slice(start - 2, start) !== '{{') return null;
  // Of a closed name the rest is replaced, too; behind an open one there may be text.
  const rest = text.slice(cursor, cursor + 100);
  const end =
    cursor +
    (/^[^{}\n]*(?=\}\})/.exec(rest) ?? /^[\p{L}\p{M}\p{N}_.-]*/u.exec(rest) ?? [''])[0].length;
  return { name: { start, end }, isClosed: text.startsWith('}}', end) };
}

const NAME_CHAR = /[\p{L}\p{M}\p{N}_.\-/'’ ]/u;

/** The prompt's variables inside `{{`, and `{{completion}}` in the prompt of a judge. */
export function suggestPlaceholders(
  analysis: Analysis,
  path: Path,
  braces: OpenBraces,
): Suggestion[] {
  const isJudge = path.includes('llm');
  const names = [...listVariableNames(analysis.prompt), ...(isJudge ? ['completion'] : [])];
  const typed = analysis.text.slice(braces.name.start, braces.name.end).trim();
  return [...new Set(names)]
    .filter((name) => name !== typed || isKnownElsewhere(analysis.prompt, name))
    .map((name) => ({
      label: name,
      kind: 'variable',
      snippet: braces.isClosed ? escapeSnippet(name) : `${escapeSnippet(name)}\\}\\}`,
      replace: braces.name,
      documentation:
        name === 'completion' && isJudge
          ? hover`The answer to judge.`
          : describeVariable(analysis, name),
    }));
}

/** True for places where placeholders are replaced. */
export function takesPlaceholders(path: Path): boolean {
  if (path[0] === 'messages') return path[2] === 'content' || path.length < 3;
  const evaluator = path.lastIndexOf('evaluators');
  if (evaluator < 0) return false;
  const [key, inner] = path.slice(evaluator + 2);
  return key === 'string' || key === 'with' || (key === 'llm' && inner === 'prompt');
}

function isKnownElsewhere(prompt: PromptDocument, name: string): boolean {
  return (
    prompt.variables.some((variable) => variable.name === name) ||
    prompt.rows.some((row) => row.values.has(name))
  );
}
