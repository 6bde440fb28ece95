import { type CodeAction, CodeActionTriggerKind } from 'vscode-languageserver';
import { isUndecoded } from '#core/decode-text.ts';
import type { Span } from '#core/text.ts';
import type { Action, ActionSource } from '../actions/action.ts';
import { convertTestFiles } from '../actions/convert-test-files.ts';
import { extractVariable } from '../actions/extract-variable.ts';
import { markTrusted } from '../actions/mark-trusted.ts';
import { quickFixes } from '../actions/quick-fixes.ts';
import { addGoldenCase, addToAllRows } from '../actions/rows.ts';
import {
  CONVERT_ALIASES,
  convertAliases,
  FIX_ALL,
  fixAll,
  SORT_KEYS,
  sortKeys,
} from '../actions/source-actions.ts';
import { suppress } from '../actions/suppress.ts';
import { wrapInTags } from '../actions/wrap-in-tags.ts';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts';

/** Action sources by the kind of their actions. Those of kind `source…` work on the whole file. */
const SOURCES: readonly { readonly kind: string; readonly source: ActionSource }[] = [
  { kind: 'quickfix', source: quickFixes },
  { kind: 'quickfix', source: convertTestFiles },
  { kind: 'quickfix', source: markTrusted },
  { kind: 'quickfix', source: suppress },
  { kind: 'refactor.extract', source: extractVariable },
  { kind: 'refactor.rewrite', source: wrapInTags },
  { kind: 'refactor.rewrite', source: addToAllRows },
  { kind: 'refactor.rewrite', source: addGoldenCase },
  { kind: FIX_ALL, source: fixAll },
  { kind: CONVERT_ALIASES, source: convertAliases },
  { kind: SORT_KEYS, source: sortKeys },
];

/** Quick fixes, refactorings and source actions such as applying all safe fixes. */
export const codeAction: Feature = {
  name: 'code actions',
  capabilities: () => ({
    codeActionProvider: { codeActionKinds: [...new Set(SOURCES.map(({ kind }) => kind))] },
  }),
  register(context) {
    const { connection, client } = context;
    connection.onCodeAction(
      createDocumentHandler(context, 'code actions', [] as CodeAction[], (analysis, params) => {
        const { only, triggerKind } = params.context;
        const start = analysis.lines.offset(params.range.start);
        const end = analysis.lines.offset(params.range.end);
        const automatic = triggerKind === CodeActionTriggerKind.Automatic;
        return client.codeActionLiterals
          ? findActions(analysis, { start, end }, only ?? null, automatic)
              .filter(({ command }) => !command || client.commands.has(command.name))
              .map((action) => toCodeAction(action, analysis, client))
          : [];
      }),
    );
  },
};

/** The actions for a selection. `only`: the requested kinds; `automatic`: the request was not triggered by the user. */
export function findActions(
  analysis: Analysis,
  selection: Span,
  only: readonly string[] | null,
  automatic = false,
): Action[] {
  if (analysis.prompt.kind === 'too-large') return [];
  const { encoding } = analysis.facts;
  // Anything else would be saved with U+FFFD for what the editor could not decode.
  if (encoding && isUndecoded(analysis.text, encoding))
    return only && !only.includes('quickfix') ? [] : [...quickFixes(analysis, selection)];
  return SOURCES.filter(({ kind }) => {
    if (only) return only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
    return !(automatic && kind.startsWith('source'));
  }).flatMap(({ source }) => source(analysis, selection));
}

function toCodeAction(
  { title, kind, edits, finding, preferred, command }: Action,
  analysis: Analysis,
  { versionedEdits, rulePage }: Client,
): CodeAction {
  const diagnostic = finding && toDiagnostic(finding, analysis, rulePage);
  return {
    title,
    kind,
    ...(command
      ? { command: { title, command: command.name, arguments: [command.argument] } }
      : { edit: toWorkspaceEdit(analysis, edits, versionedEdits) }),
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...(preferred ? { isPreferred: true } : {}),
  };
}
