import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import type { Template } from '#core/prompt/template.ts';
import type { Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { listOccurrences } from '../language/variables.ts';

const TYPES = ['variable', 'type'] as const;
const MODIFIERS = ['declaration'] as const;

/** Highlights variables and data tags, which a YAML grammar cannot see inside block scalars. */
export const semanticTokens: Feature = {
  name: 'semantic tokens',
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] },
      full: true,
      range: true,
    },
  }),
  register(context) {
    const { semanticTokens: requests } = context.connection.languages;
    const empty: SemanticTokens = { data: [] };
    requests.on(
      createDocumentHandler(context, 'semantic tokens', empty, (analysis) =>
        encodeTokens(analysis, { start: 0, end: analysis.text.length }),
      ),
    );
    requests.onRange(
      createDocumentHandler(context, 'semantic tokens', empty, (analysis, { range }) => {
        const start = analysis.lines.offset(range.start);
        return encodeTokens(analysis, { start, end: analysis.lines.offset(range.end) });
      }),
    );
  },
};

interface Token {
  readonly span: Span;
  readonly type: (typeof TYPES)[number];
  readonly declares: boolean;
}

export function encodeTokens(analysis: Analysis, shown: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { span, type, declares } of collectTokens(analysis)) {
    if (span.end < shown.start || span.start > shown.end) continue;
    const { line, character } = analysis.lines.position(span.start);
    const end = analysis.lines.position(span.end);
    // A token cannot span several lines.
    if (end.line === line)
      builder.push(
        line,
        character,
        end.character - character,
        TYPES.indexOf(type),
        Number(declares),
      );
  }
  // Deltas are not supported, so the result needs no id.
  return { data: builder.build().data };
}

function collectTokens({ prompt }: Analysis): Token[] {
  const variables = listOccurrences(prompt).map(
    ({ span, kind }): Token => ({ span, type: 'variable', declares: kind === 'declaration' }),
  );
  const tags = prompt.messages.flatMap(({ content }) => (content ? findDataTags(content) : []));
  return [...variables, ...tags].sort((a, b) => a.span.start - b.span.start);
}

/** The names in `<name>` and `</name>` of tags that the text both opens and closes. */
function findDataTags(template: Template): Token[] {
  const found = [...template.text.matchAll(/<(\/?)([A-Za-z_][\w.-]{0,60})>/g)];
  const closed = new Set(found.flatMap(([, slash, name]) => (slash && name ? [name] : [])));
  const opened = new Set(found.flatMap(([, slash, name]) => (!slash && name ? [name] : [])));
  return found.flatMap((match): Token[] => {
    const name = match[2] ?? '';
    if (!closed.has(name) || !opened.has(name)) return [];
    const start = match.index + 1 + (match[1]?.length ?? 0);
    return [{ span: template.span(start, start + name.length), type: 'type', declares: false }];
  });
}
