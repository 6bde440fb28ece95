import {
  LSPErrorCodes,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { flowText } from '#core/prompt/edit.ts';
import { isName } from '#core/prompt/template.ts';
import type { Edit } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import {
  findOccurrence,
  findOccurrences,
  listOccurrences,
  type Occurrence,
} from '../language/variables.ts';
import { toRange, toWorkspaceEdit } from '../to-lsp.ts';

/** Renames a variable in messages, evaluators, test rows and its declaration. */
export const rename: Feature = {
  name: 'rename',
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  register(context) {
    const { connection, client } = context;
    connection.onPrepareRename(
      createDocumentHandler(
        context,
        'prepare rename',
        null as PreparedRename | null,
        (analysis, params) => prepareRename(analysis, analysis.lines.offset(params.position)),
      ),
    );
    connection.onRenameRequest(
      createDocumentHandler(context, 'rename', null as WorkspaceEdit | null, (analysis, params) => {
        const edits = buildRenameEdits(
          analysis,
          analysis.lines.offset(params.position),
          params.newName,
        );
        if (typeof edits === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, edits);
        return toWorkspaceEdit(analysis, edits, client.versionedEdits);
      }),
    );
  },
};

export interface PreparedRename {
  readonly range: Range;
  readonly placeholder: string;
}

/** Null if there is no variable at the offset. */
export function prepareRename({ prompt, lines }: Analysis, offset: number): PreparedRename | null {
  const here = findOccurrence(prompt, offset);
  return here && { range: toRange(lines, here.span), placeholder: here.name };
}

/** The edits, or a message that explains why the variable cannot have this name. */
export function buildRenameEdits(
  { prompt }: Analysis,
  offset: number,
  newName: string,
): Edit[] | string {
  const here = findOccurrence(prompt, offset);
  if (!here)
    return 'Only variables can be renamed. Place the cursor on a name inside {{ }} or on its key.';
  const name = newName.trim().replace(/^\{\{|\}\}$/g, '');
  if (!isName(name))
    return `"${newName}" is not a valid variable name. Use letters, digits, "_", ".", "-", "/", apostrophes and single spaces between words.`;
  if (name === here.name) return [];
  if (listOccurrences(prompt).some((occurrence) => occurrence.name === name))
    return `The prompt already has a variable "${name}".`;
  return findOccurrences(prompt, here.name).map((o) => ({
    span: o.span,
    text: formatName(o, name),
  }));
}

/** A name such as `1.5` or `true` needs quotes as a key, because YAML would read it as another type. */
function formatName({ kind, style }: Occurrence, name: string): string {
  // In single quotes an apostrophe is written twice.
  if (style === 'single') return name.replaceAll("'", "''");
  return kind === 'placeholder' || style === 'double' ? name : flowText(name, 'plain');
}
