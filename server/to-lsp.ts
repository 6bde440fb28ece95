import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type MarkupContent,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding, Rule } from '#core/lint/engine/rule.ts';
import type { SafeText } from '#core/printing/safe-text.ts';
import type { Severity } from '#core/settings.ts';
import type { Edit, LineMap, Span } from '#core/text.ts';
import type { Client } from './client.ts';

/** Source of every diagnostic, section of the settings and prefix of the commands. */
export const SOURCE = 'promptsmith';

/** Converts a finding. `findLines` returns null for files that are not available. */
export function toDiagnostic(
  finding: Finding,
  analysis: { readonly uri: string; findLines(uri: string): LineMap | null },
  rulePage: Client['rulePage'],
): Diagnostic {
  const { uri } = analysis;
  const related = (finding.related ?? []).flatMap(({ message, span, uri: other = uri }) => {
    const lines = analysis.findLines(other);
    return lines ? [{ message, location: { uri: other, range: toRange(lines, span) } }] : [];
  });
  const lines = analysis.findLines(finding.uri ?? uri);
  const tag = toTag(finding.rule.diagnosticTag);
  return {
    range: lines ? toRange(lines, finding.span) : NOWHERE,
    severity: toSeverity(finding.severity),
    code: finding.id,
    ...(rulePage ? { codeDescription: { href: rulePage(finding.id) } } : {}),
    source: SOURCE,
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(tag ? { tags: [tag] } : {}),
  };
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
    default:
      return severity satisfies never;
  }
}

export function toRange(lines: LineMap, span: Span): Range {
  return lines.range(span) as Range;
}

export function toTextEdit(lines: LineMap, { span, text }: Edit): TextEdit {
  return { range: toRange(lines, span), newText: text };
}

/** Converts the edits of one document. With `versioned`, the client rejects stale edits. */
export function toWorkspaceEdit(
  document: { uri: string; version: number; lines: LineMap },
  edits: readonly Edit[],
  versioned: boolean,
): WorkspaceEdit {
  const { uri, version, lines } = document;
  const textEdits = edits.map((edit) => toTextEdit(lines, edit));
  return versioned
    ? { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] }
    : { changes: { [uri]: textEdits } };
}

export function toMarkup(value: SafeText<'hover'>): MarkupContent {
  return { kind: 'markdown', value };
}

function toTag(tag: Rule['diagnosticTag']): DiagnosticTag | null {
  switch (tag) {
    case 'unnecessary':
      return DiagnosticTag.Unnecessary;
    case 'deprecated':
      return DiagnosticTag.Deprecated;
    case undefined:
      return null;
    default:
      return tag satisfies never;
  }
}
